#include "tests/eid-sim/oidc/jose_algorithms.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <memory>

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kCoordinate = 32;
constexpr int kEcBits = 256;
constexpr int kLeastRsaBits = 2048;

using Digest = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;
using EcSignature = std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

bool Pads(absl::string_view algorithm, EVP_PKEY_CTX* context) {
  if (algorithm != "PS256") return true;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

// From OpenSSL's DER to the two numbers of JOSE.
std::string NumbersOf(const std::string& der) {
  const unsigned char* at = Bytes(der);
  const EcSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())),
                              &ECDSA_SIG_free);
  Require(signature != nullptr);
  std::string numbers(2 * kCoordinate, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), Bytes(numbers), kCoordinate);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), Bytes(numbers) + kCoordinate, kCoordinate);
  return numbers;
}

// The reverse; empty for another length.
std::string DerOf(absl::string_view numbers) {
  if (numbers.size() != 2 * kCoordinate) return "";
  const EcSignature signature(ECDSA_SIG_new(), &ECDSA_SIG_free);
  BIGNUM* const r = BN_bin2bn(Bytes(numbers), kCoordinate, nullptr);
  BIGNUM* const s = BN_bin2bn(Bytes(numbers) + kCoordinate, kCoordinate, nullptr);
  Require(ECDSA_SIG_set0(signature.get(), r, s) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  Require(size > 0);
  std::string made(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return made;
}

}  // namespace

bool Fits(absl::string_view algorithm, EVP_PKEY& key) {
  if (algorithm == "ES256") {
    return EVP_PKEY_is_a(&key, "EC") == 1 && EVP_PKEY_get_bits(&key) == kEcBits;
  }
  const bool rsa = algorithm == "RS256" || algorithm == "PS256";
  return rsa && EVP_PKEY_is_a(&key, "RSA") == 1 && EVP_PKEY_get_bits(&key) >= kLeastRsaBits;
}

Key NewKeyFor(absl::string_view algorithm) {
  return algorithm == "ES256" ? NewEcKey() : NewRsaKey();
}

std::string SignBytes(absl::string_view algorithm, EVP_PKEY& key, absl::string_view data) {
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_PKEY_CTX* context = nullptr;
  Require(EVP_DigestSignInit(digest.get(), &context, EVP_sha256(), nullptr, &key) == 1 &&
          Pads(algorithm, context));
  size_t size = 0;
  Require(EVP_DigestSign(digest.get(), nullptr, &size, Bytes(data), data.size()) == 1);
  std::string signature(size, '\0');
  Require(EVP_DigestSign(digest.get(), Bytes(signature), &size, Bytes(data), data.size()) == 1);
  signature.resize(size);
  return algorithm == "ES256" ? NumbersOf(signature) : signature;
}

bool VerifyBytes(absl::string_view algorithm, EVP_PKEY& key, absl::string_view data,
                 absl::string_view signature) {
  if (!Fits(algorithm, key)) return false;
  const std::string given = algorithm == "ES256" ? DerOf(signature) : std::string(signature);
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_PKEY_CTX* context = nullptr;
  return EVP_DigestVerifyInit(digest.get(), &context, EVP_sha256(), nullptr, &key) == 1 &&
         Pads(algorithm, context) &&
         EVP_DigestVerify(digest.get(), Bytes(given), given.size(), Bytes(data), data.size()) == 1;
}

}  // namespace bitrade::eidsim::oidc
