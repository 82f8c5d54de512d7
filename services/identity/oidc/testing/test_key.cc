#include "services/identity/oidc/testing/test_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/identity/oidc/base64url.h"

namespace bitrade::identity::oidc {
namespace {

EVP_PKEY* Key(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

void Require(bool done) {
  if (!done) std::abort();
}

std::string Member(EVP_PKEY* key, const char* name, int size) {
  BIGNUM* number = nullptr;
  Require(EVP_PKEY_get_bn_param(key, name, &number) == 1);
  std::string bytes(static_cast<size_t>(size > 0 ? size : BN_num_bytes(number)), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(number);
  return ToBase64Url(bytes);
}

template <typename Write>
std::string Written(Write write) {
  BIO* const bio = BIO_new(BIO_s_mem());
  Require(write(bio) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

}  // namespace

TestKey::TestKey(std::string id, std::shared_ptr<void> key)
    : id_(std::move(id)), key_(std::move(key)), is_rsa_(EVP_PKEY_is_a(Key(key_), "RSA") == 1) {}

TestKey TestKey::Rsa(const std::string& id, unsigned bits) {
  EVP_PKEY* const key = EVP_RSA_gen(bits);
  return {id, {key, [](void* owned) { EVP_PKEY_free(static_cast<EVP_PKEY*>(owned)); }}};
}

TestKey TestKey::Ec(const std::string& id) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  return {id, {key, [](void* owned) { EVP_PKEY_free(static_cast<EVP_PKEY*>(owned)); }}};
}

std::string TestKey::Jwk(absl::string_view more) const {
  EVP_PKEY* const key = Key(key_);
  const std::string id = id_.empty() ? "" : absl::StrCat(R"("kid":")", id_, R"(",)");
  if (is_rsa_) {
    return absl::StrCat("{", id, R"("kty":"RSA","n":")", Member(key, OSSL_PKEY_PARAM_RSA_N, 0),
                        R"(","e":")", Member(key, OSSL_PKEY_PARAM_RSA_E, 0), "\"", more, "}");
  }
  return absl::StrCat("{", id, R"("kty":"EC","crv":"P-256","x":")",
                      Member(key, OSSL_PKEY_PARAM_EC_PUB_X, 32), R"(","y":")",
                      Member(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32), "\"", more, "}");
}

std::string TestKey::Pem() const {
  return Written([this](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, Key(key_), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string TestKey::PublicPem() const {
  return Written([this](BIO* bio) { return PEM_write_bio_PUBKEY(bio, Key(key_)); });
}

std::string TestKey::Sign(Algorithm algorithm, absl::string_view text) const {
  if (algorithm == Algorithm::kEs256) return SigningKey::FromPem(Pem())->Sign(text);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* settings = nullptr;
  Require(EVP_DigestSignInit(context, &settings, EVP_sha256(), nullptr, Key(key_)) == 1);
  if (algorithm == Algorithm::kPs256) {
    EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
  }
  std::string signature(static_cast<size_t>(EVP_PKEY_get_size(Key(key_))), '\0');
  size_t size = signature.size();
  Require(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return signature;
}

std::string TestKey::Token(Algorithm algorithm, absl::string_view header,
                           absl::string_view claims) const {
  const std::string text = absl::StrCat(ToBase64Url(header), ".", ToBase64Url(claims));
  return absl::StrCat(text, ".", ToBase64Url(Sign(algorithm, text)));
}

std::string TestKey::Token(absl::string_view claims) const {
  const std::string header =
      absl::StrCat(R"({"alg":")", is_rsa_ ? "RS256" : "ES256", R"(","kid":")", id_, R"("})");
  return Token(is_rsa_ ? Algorithm::kRs256 : Algorithm::kEs256, header, claims);
}

KeySet SetOf(std::initializer_list<std::string> jwks) {
  const std::string json =
      absl::StrCat(R"({"keys":[)", absl::StrJoin(std::vector<std::string>(jwks), ","), "]}");
  return *KeySet::Parse(json);
}

std::string ToJson(const TestClaims& claims) {
  return absl::StrCat("{",
                      absl::StrJoin(claims, ",",
                                    [](std::string* out, const auto& claim) {
                                      absl::StrAppend(out, "\"", claim.first, "\":", claim.second);
                                    }),
                      "}");
}

}  // namespace bitrade::identity::oidc
