#include "services/identity/oidc/keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

constexpr char kCurve[] = "prime256v1";  // OpenSSL's word for P-256
constexpr int kCoordinate = 32;
// Below is weak; above, one signature would cost milliseconds.
constexpr size_t kMinModulus = 256;
constexpr size_t kMaxModulus = 1024;
constexpr size_t kMaxExponent = 8;

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* owned) const {
    kFree(owned);
  }
};
using Number = std::unique_ptr<BIGNUM, FreeWith<&BN_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeWith<&EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<&EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<&OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<&OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, FreeWith<&ECDSA_SIG_free>>;

EVP_PKEY* Key(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::shared_ptr<void> Owned(EVP_PKEY* key) {
  return {key, [](void* owned) { EVP_PKEY_free(static_cast<EVP_PKEY*>(owned)); }};
}

const unsigned char* In(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Number NumberOf(absl::string_view bytes) {
  return Number(BN_bin2bn(In(bytes), static_cast<int>(bytes.size()), nullptr));
}

// Null for what is no key.
std::shared_ptr<void> Make(const char* kind, OSSL_PARAM_BLD& builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(&builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  std::shared_ptr<void> key = Owned(made);
  const KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
  return EVP_PKEY_public_check(check.get()) == 1 ? key : nullptr;
}

std::shared_ptr<void> RsaKey(const JsonObject& jwk) {
  const std::optional<std::string> n = FromBase64Url(jwk.Text("n"));
  const std::optional<std::string> e = FromBase64Url(jwk.Text("e"));
  if (!n || !e || n->size() < kMinModulus || n->size() > kMaxModulus || e->size() > kMaxExponent) {
    return nullptr;
  }
  const Number modulus = NumberOf(*n);
  const Number exponent = NumberOf(*e);
  const bool strong = BN_num_bits(modulus.get()) >= static_cast<int>(kMinModulus * 8) &&
                      BN_is_odd(exponent.get()) && !BN_is_one(exponent.get());
  if (!strong) return nullptr;
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return Make("RSA", *builder);
}

std::shared_ptr<void> EcKey(const JsonObject& jwk) {
  const std::optional<std::string> x = FromBase64Url(jwk.Text("x"));
  const std::optional<std::string> y = FromBase64Url(jwk.Text("y"));
  if (!x || !y || x->size() != kCoordinate || y->size() != kCoordinate) return nullptr;
  const std::string point = absl::StrCat("\x04", *x, *y);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return Make("EC", *builder);
}

// Whether the provider means the key for signatures.
bool IsForSignatures(const JsonObject& jwk) {
  if (jwk.Has("use") && jwk.Text("use") != "sig") return false;
  const std::vector<std::string> operations = jwk.Texts("key_ops");
  return !jwk.Has("key_ops") ||
         std::find(operations.begin(), operations.end(), "verify") != operations.end();
}

// R and S as OpenSSL reads them; "" for what is no such pair.
std::string DerOf(absl::string_view raw) {
  if (raw.size() != size_t{2} * kCoordinate) return "";
  const Signature pair(ECDSA_SIG_new());
  Number r = NumberOf(raw.substr(0, kCoordinate));
  Number s = NumberOf(raw.substr(kCoordinate));
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  std::string der(static_cast<size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)), '\0');
  unsigned char* end = Out(der);
  i2d_ECDSA_SIG(pair.get(), &end);
  return der;
}

// And back.
std::string RawOf(const std::string& der) {
  const unsigned char* begin = In(der);
  const Signature pair(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
  std::string raw(size_t{2} * kCoordinate, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), Out(raw), kCoordinate);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), Out(raw) + kCoordinate, kCoordinate);
  return raw;
}

bool SetPss(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

// One coordinate of the public half, in base64url; "" where there is none.
std::string Coordinate(EVP_PKEY* key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &read) != 1) return "";
  const Number number(read);
  std::string bytes(kCoordinate, '\0');
  if (BN_bn2binpad(number.get(), Out(bytes), kCoordinate) != kCoordinate) return "";
  return ToBase64Url(bytes);
}

bool IsOnP256(EVP_PKEY* key) {
  char group[32] = "";
  return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                        nullptr) == 1 &&
         absl::string_view(group) == kCurve;
}

// The members in the order that a thumbprint wants.
std::string JwkOf(const std::string& x, const std::string& y) {
  return absl::StrCat(R"({"crv":"P-256","kty":"EC","x":")", x, R"(","y":")", y, R"("})");
}

}  // namespace

std::optional<Algorithm> ParseAlgorithm(absl::string_view name) {
  if (name == "RS256") return Algorithm::kRs256;
  if (name == "PS256") return Algorithm::kPs256;
  if (name == "ES256") return Algorithm::kEs256;
  return std::nullopt;
}

absl::StatusOr<VerificationKey> VerificationKey::FromJwk(const JsonObject& jwk) {
  VerificationKey key;
  key.id_ = jwk.Text("kid");
  key.is_rsa_ = jwk.Text("kty") == "RSA";
  key.only_ = ParseAlgorithm(jwk.Text("alg"));
  const bool is_ec = jwk.Text("kty") == "EC" && jwk.Text("crv") == "P-256";
  const bool other_algorithm = jwk.Has("alg") && !key.only_;
  if (other_algorithm || !IsForSignatures(jwk)) return Refused(Fault::kKey);
  if (key.is_rsa_) key.key_ = RsaKey(jwk);
  if (is_ec) key.key_ = EcKey(jwk);
  if (key.key_ == nullptr) return Refused(Fault::kKey);
  return key;
}

bool VerificationKey::Fits(Algorithm algorithm) const {
  return is_rsa_ == (algorithm != Algorithm::kEs256) && (!only_ || *only_ == algorithm);
}

bool VerificationKey::Verify(Algorithm algorithm, absl::string_view text,
                             absl::string_view signature) const {
  const std::string der = algorithm == Algorithm::kEs256 ? DerOf(signature) : "";
  const absl::string_view checked = algorithm == Algorithm::kEs256 ? der : signature;
  const Context context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  return EVP_DigestVerifyInit(context.get(), &settings, EVP_sha256(), nullptr, Key(key_)) == 1 &&
         (algorithm != Algorithm::kPs256 || SetPss(settings)) &&
         EVP_DigestVerify(context.get(), In(checked), checked.size(), In(text), text.size()) == 1;
}

absl::StatusOr<SigningKey> SigningKey::FromPem(absl::string_view pem) {
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  // An empty password, so that nobody is asked for one.
  char none[] = "";
  EVP_PKEY* const read = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, none);
  BIO_free(bio);
  if (read == nullptr) return absl::FailedPreconditionError("holds no private key in PEM");
  SigningKey key;
  key.key_ = Owned(read);
  if (!IsOnP256(read)) return absl::FailedPreconditionError("is not a key on P-256");
  key.x_ = Coordinate(read, OSSL_PKEY_PARAM_EC_PUB_X);
  key.y_ = Coordinate(read, OSSL_PKEY_PARAM_EC_PUB_Y);
  key.id_ = ToBase64Url(crypto::Sha256(JwkOf(key.x_, key.y_)));
  return key;
}

absl::StatusOr<SigningKey> SigningKey::Load(const std::string& pem_file) {
  std::ifstream file(pem_file, std::ios::binary);
  const std::string pem{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  absl::StatusOr<SigningKey> key = FromPem(pem);
  if (key.ok()) return key;
  return absl::FailedPreconditionError(absl::StrCat(pem_file, " ", key.status().message()));
}

std::string SigningKey::PublicJwk() const {
  return absl::StrCat(R"({"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":")", id_,
                      R"(","x":")", x_, R"(","y":")", y_, R"("})");
}

std::string SigningKey::Sign(absl::string_view text) const {
  const Context context(EVP_MD_CTX_new());
  std::string der(static_cast<size_t>(EVP_PKEY_get_size(Key(key_))), '\0');
  size_t size = der.size();
  const bool done =
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, Key(key_)) == 1 &&
      EVP_DigestSign(context.get(), Out(der), &size, In(text), text.size()) == 1;
  if (!done) std::abort();  // only a broken OpenSSL cannot sign with a key that it has read
  der.resize(size);
  return RawOf(der);
}

}  // namespace bitrade::identity::oidc
