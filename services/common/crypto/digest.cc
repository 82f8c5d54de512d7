#include "services/common/crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdlib>

#include "absl/strings/escaping.h"

namespace bitrade::crypto {
namespace {

constexpr size_t kDigestSize = 32;

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void Require(bool done) {
  if (!done) std::abort();
}

// EVP_sha256() is looked up among the providers at each use, which costs more than a short text.
// Source: OpenSSL 3, crypto(7), "Performance".
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Require(algorithm != nullptr);
  return algorithm;
}

}  // namespace

struct Sha256Stream::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  Require(state_->context != nullptr &&
          EVP_DigestInit_ex(state_->context, Algorithm(), nullptr) == 1);
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Add(absl::string_view piece) {
  Require(EVP_DigestUpdate(state_->context, piece.data(), piece.size()) == 1);
}

std::string Sha256Stream::Finish() {
  std::string digest(kDigestSize, '\0');
  Require(EVP_DigestFinal_ex(state_->context, Bytes(digest), nullptr) == 1);
  return digest;
}

std::string Sha256(absl::string_view data) {
  std::string digest(kDigestSize, '\0');
  Require(EVP_Digest(data.data(), data.size(), Bytes(digest), nullptr, Algorithm(), nullptr) == 1);
  return digest;
}

std::string Sha256Hex(absl::string_view data) { return absl::BytesToHexString(Sha256(data)); }

std::string HmacSha256(absl::string_view key, absl::string_view data) {
  std::string code(kDigestSize, '\0');
  unsigned size = 0;
  Require(HMAC(Algorithm(), key.data(), static_cast<int>(key.size()), Bytes(data), data.size(),
               Bytes(code), &size) != nullptr);
  return code;
}

std::string RandomBytes(size_t size) {
  std::string bytes(size, '\0');
  Require(RAND_bytes(Bytes(bytes), static_cast<int>(size)) == 1);
  return bytes;
}

bool EqualConstantTime(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bitrade::crypto
