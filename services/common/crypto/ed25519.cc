#include "services/common/crypto/ed25519.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"

namespace bitrade::crypto {
namespace {

constexpr size_t kSignatureSize = 64;
constexpr size_t kPublicKeySize = 32;

using File = std::unique_ptr<FILE, int (*)(FILE*)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Read = EVP_PKEY* (*)(FILE*, EVP_PKEY**, pem_password_cb*, void*);

EVP_PKEY* Key(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

const unsigned char* In(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

absl::StatusOr<std::shared_ptr<void>> ReadPem(const std::string& path, Read read) {
  const File file(std::fopen(path.c_str(), "re"), &std::fclose);
  if (file == nullptr) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  EVP_PKEY* key = read(file.get(), nullptr, nullptr, nullptr);
  if (key == nullptr) return absl::InvalidArgumentError(absl::StrCat(path, " holds no key in PEM"));
  std::shared_ptr<void> owned(key, [](void* k) { EVP_PKEY_free(static_cast<EVP_PKEY*>(k)); });
  if (EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is not an Ed25519 key"));
  }
  return owned;
}

std::string KeyId(const std::string& path) { return std::filesystem::path(path).stem().string(); }

}  // namespace

absl::StatusOr<Signer> Signer::Load(const std::string& pem_file) {
  ASSIGN_OR_RETURN(std::shared_ptr<void> key, ReadPem(pem_file, &PEM_read_PrivateKey));
  return Signer(KeyId(pem_file), std::move(key));
}

std::string Signer::Sign(absl::string_view message) const {
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(kSignatureSize, '\0');
  size_t size = signature.size();
  const bool done =
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, Key(key_)) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     In(message), message.size()) == 1;
  if (!done) std::abort();  // only a broken OpenSSL cannot sign with a key that it has read
  return signature;
}

std::string Signer::PublicKey() const {
  std::string key(kPublicKeySize, '\0');
  size_t size = key.size();
  if (EVP_PKEY_get_raw_public_key(Key(key_), reinterpret_cast<unsigned char*>(key.data()), &size) !=
      1) {
    std::abort();
  }
  return key;
}

absl::StatusOr<Verifier> Verifier::Load(const std::string& folder_or_file) {
  Verifier verifier;
  std::error_code error;
  if (!std::filesystem::is_directory(folder_or_file, error)) {
    ASSIGN_OR_RETURN(auto key, ReadPem(folder_or_file, &PEM_read_PUBKEY));
    verifier.keys_.emplace(absl::StripSuffix(KeyId(folder_or_file), ".pem"), std::move(key));
    return verifier;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder_or_file, error)) {
    if (entry.path().extension() != ".pem") continue;
    ASSIGN_OR_RETURN(auto key, ReadPem(entry.path().string(), &PEM_read_PUBKEY));
    verifier.keys_.emplace(KeyId(entry.path().string()), std::move(key));
  }
  if (verifier.keys_.empty()) {
    return absl::NotFoundError(absl::StrCat("no public key (<id>.pem) in ", folder_or_file));
  }
  return verifier;
}

bool Verifier::Verify(absl::string_view key_id, absl::string_view message,
                      absl::string_view signature) const {
  const auto key = keys_.find(key_id);
  if (key == keys_.end() || signature.size() != kSignatureSize) return false;
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, Key(key->second)) == 1 &&
         EVP_DigestVerify(context.get(), In(signature), signature.size(), In(message),
                          message.size()) == 1;
}

}  // namespace bitrade::crypto
