// Signatures with Ed25519 (RFC 8032) by keys from PEM files. The key's id is the file's name
// without ".pem".
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::crypto {

// Thread-safe.
class Signer {
 public:
  // Reads a private key (PKCS #8). Errors: INVALID_ARGUMENT with a sentence for the log.
  static absl::StatusOr<Signer> Load(const std::string& pem_file);

  const std::string& key_id() const { return key_id_; }
  // Returns a signature of 64 bytes.
  std::string Sign(absl::string_view message) const;
  // Returns the public half as 32 raw bytes.
  std::string PublicKey() const;

 private:
  Signer(std::string key_id, std::shared_ptr<void> key)
      : key_id_(std::move(key_id)), key_(std::move(key)) {}
  std::string key_id_;
  std::shared_ptr<void> key_;
};

// Public keys by id. Thread-safe.
class Verifier {
 public:
  // Reads every `<key id>.pem` (public key) of `folder`, or the one file it names.
  static absl::StatusOr<Verifier> Load(const std::string& folder_or_file);

  // Tells whether the key `key_id` made `signature` over `message`; false for an unknown key.
  bool Verify(absl::string_view key_id, absl::string_view message,
              absl::string_view signature) const;

 private:
  std::map<std::string, std::shared_ptr<void>, std::less<>> keys_;
};

}  // namespace bitrade::crypto
