#include "tests/eid-sim/oidc/jwk.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/oidc/base64url.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kCoordinate = 32;

using Number = std::unique_ptr<BIGNUM, void (*)(BIGNUM*)>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, void (*)(OSSL_PARAM_BLD*)>;

std::string NumberOf(EVP_PKEY& key, const char* name, size_t least_size) {
  BIGNUM* read = nullptr;
  Require(EVP_PKEY_get_bn_param(&key, name, &read) == 1);
  const Number number(read, &BN_free);
  const size_t size = std::max(least_size, static_cast<size_t>(BN_num_bytes(read)));
  std::string bytes(size, '\0');
  BN_bn2binpad(read, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size));
  return Base64Url(bytes);
}

Number Read(const std::string& bytes) {
  return {BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()), nullptr),
          &BN_free};
}

// Empty when OpenSSL does not take what was built for a key of this type.
Key Made(const char* type, OSSL_PARAM_BLD& builder) {
  const std::unique_ptr<OSSL_PARAM, void (*)(OSSL_PARAM*)> parameters(
      OSSL_PARAM_BLD_to_param(&builder), &OSSL_PARAM_free);
  const std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  Require(parameters && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return {key, &EVP_PKEY_free};
}

Key EcKey(const std::string& x, const std::string& y) {
  if (x.size() != kCoordinate || y.size() != kCoordinate) return nullptr;
  const std::string point = absl::StrCat("\x04", x, y);
  const Builder builder(OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return Made("EC", *builder);
}

Key RsaKey(const std::string& modulus, const std::string& exponent) {
  const Number n = Read(modulus);
  const Number e = Read(exponent);
  const Builder builder(OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return Made("RSA", *builder);
}

std::string Decoded(JsonObject& jwk, const char* name) {
  const absl::StatusOr<std::string> bytes = FromBase64Url(jwk.Text(name));
  if (!bytes.ok() || bytes->empty()) jwk.Refuse(name);
  return bytes.value_or("");
}

absl::StatusOr<PublicKey> ParseJwk(JsonObject& jwk) {
  PublicKey read;
  read.kid = jwk.OptionalText("kid").value_or("");
  const std::string type = jwk.Text("kty");
  if (jwk.OptionalText("use").value_or("sig") != "sig") jwk.Refuse("use");
  if (type == "EC") {
    if (jwk.Text("crv") != "P-256") jwk.Refuse("crv");
    read.key = EcKey(Decoded(jwk, "x"), Decoded(jwk, "y"));
  } else if (type == "RSA") {
    read.key = RsaKey(Decoded(jwk, "n"), Decoded(jwk, "e"));
  }
  if (!read.key) jwk.Refuse("key");
  RETURN_IF_ERROR(jwk.Finish(UnknownMembers::kIgnore));
  return read;
}

}  // namespace

JsonMembers PublicJwk(EVP_PKEY& key) {
  JsonMembers jwk;
  if (EVP_PKEY_is_a(&key, "EC") == 1) {
    jwk.Text("kty", "EC").Text("crv", "P-256");
    jwk.Text("x", NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, kCoordinate));
    jwk.Text("y", NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, kCoordinate));
  } else {
    jwk.Text("kty", "RSA");
    jwk.Text("n", NumberOf(key, OSSL_PKEY_PARAM_RSA_N, 1));
    jwk.Text("e", NumberOf(key, OSSL_PKEY_PARAM_RSA_E, 1));
  }
  return jwk;
}

absl::StatusOr<std::vector<PublicKey>> ParseJwks(JsonObject set) {
  std::vector<PublicKey> keys;
  for (JsonObject& jwk : set.OptionalObjects("keys")) {
    ASSIGN_OR_RETURN(PublicKey key, ParseJwk(jwk));
    keys.push_back(std::move(key));
  }
  RETURN_IF_ERROR(set.Finish(UnknownMembers::kIgnore));
  if (keys.empty()) return absl::InvalidArgumentError("Invalid keys");
  return keys;
}

absl::StatusOr<PublicKey> ReadPublicKey(const std::string& file) {
  const std::unique_ptr<FILE, int (*)(FILE*)> opened(fopen(file.c_str(), "r"), &fclose);
  const Key key(opened ? PEM_read_PUBKEY(opened.get(), nullptr, nullptr, nullptr) : nullptr,
                &EVP_PKEY_free);
  if (!key) return absl::InvalidArgumentError(absl::StrCat(file, " holds no public key"));
  return PublicKey{"", key};
}

std::string PublicPem(EVP_PKEY& key) {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  Require(PEM_write_bio_PUBKEY(memory.get(), &key) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<size_t>(size)};
}

}  // namespace bitrade::eidsim::oidc
