#include "services/common/crypto/aead.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "services/common/crypto/digest.h"

namespace bitrade::crypto {
namespace {

constexpr size_t kNonceSize = 12;
constexpr size_t kTagSize = 16;
static_assert(kNonceSize + kTagSize == kSealOverhead);

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* In(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(char* text) { return reinterpret_cast<unsigned char*>(text); }

// Looked up among the providers once: EVP_aes_256_gcm() is at each use.
// Source: OpenSSL 3, crypto(7), "Performance".
const EVP_CIPHER* Algorithm() {
  static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  if (algorithm == nullptr) std::abort();
  return algorithm;
}

Context NewContext() {
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  if (context == nullptr) std::abort();
  return context;
}

}  // namespace

std::string SealBytes(absl::string_view key, absl::string_view plaintext,
                      absl::string_view associated) {
  const std::string nonce = RandomBytes(kNonceSize);
  std::string sealed = nonce;
  sealed.resize(kSealOverhead + plaintext.size());
  char* const text = sealed.data() + kNonceSize;
  const Context context = NewContext();
  int written = 0;
  bool done = key.size() == kKeySize &&
              EVP_EncryptInit_ex(context.get(), Algorithm(), nullptr, In(key), In(nonce)) == 1;
  done = done && EVP_EncryptUpdate(context.get(), nullptr, &written, In(associated),
                                   static_cast<int>(associated.size())) == 1;
  done = done && EVP_EncryptUpdate(context.get(), Out(text), &written, In(plaintext),
                                   static_cast<int>(plaintext.size())) == 1;
  done = done && EVP_EncryptFinal_ex(context.get(), Out(text + written), &written) == 1;
  done = done && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagSize,
                                     text + plaintext.size()) == 1;
  if (!done) std::abort();  // wrong key size is a bug; anything else is OpenSSL out of order
  return sealed;
}

absl::StatusOr<std::string> OpenBytes(absl::string_view key, absl::string_view sealed,
                                      absl::string_view associated) {
  if (sealed.size() < kSealOverhead || key.size() != kKeySize) return Refuse(kSealBroken);
  const size_t size = sealed.size() - kSealOverhead;
  std::string tag(sealed.substr(kNonceSize + size));
  std::string plaintext(size, '\0');
  const Context context = NewContext();
  int written = 0;
  bool done = EVP_DecryptInit_ex(context.get(), Algorithm(), nullptr, In(key),
                                 In(sealed.substr(0, kNonceSize))) == 1;
  done = done && EVP_DecryptUpdate(context.get(), nullptr, &written, In(associated),
                                   static_cast<int>(associated.size())) == 1;
  done =
      done && EVP_DecryptUpdate(context.get(), Out(plaintext.data()), &written,
                                In(sealed.substr(kNonceSize, size)), static_cast<int>(size)) == 1;
  done =
      done && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) == 1;
  done = done && EVP_DecryptFinal_ex(context.get(), Out(plaintext.data() + written), &written) == 1;
  if (!done) return Refuse(kSealBroken);
  return plaintext;
}

}  // namespace bitrade::crypto
