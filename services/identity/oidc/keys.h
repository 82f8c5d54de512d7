// Keys of JSON Web Signatures: the provider's, which check, and ours, which signs. OpenSSL does the
// work.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/oidc/json_object.h"

namespace bitrade::identity::oidc {

// What we accept, and nothing else: no `none`, no MAC, no SHA-1.
enum class Algorithm { kRs256, kPs256, kEs256 };

// Reads "RS256", "PS256", "ES256"; nullopt for any other.
std::optional<Algorithm> ParseAlgorithm(absl::string_view name);

// A public key from a JSON Web Key (RFC 7517). Thread-safe.
class VerificationKey {
 public:
  // Errors: OIDC_ANSWER_REFUSED with fault KEY for a key that is of another kind, weak (RSA below
  // 2048 bits), malformed, or not for signatures.
  static absl::StatusOr<VerificationKey> FromJwk(const JsonObject& jwk);

  // "" for a key without one.
  const std::string& id() const { return id_; }
  // Whether it may check signatures of this algorithm: of its own kind and, where the provider says
  // so, of that one alone.
  bool Fits(Algorithm algorithm) const;
  // Precondition: Fits(algorithm).
  bool Verify(Algorithm algorithm, absl::string_view text, absl::string_view signature) const;

 private:
  VerificationKey() = default;

  std::string id_;
  std::optional<Algorithm> only_;
  bool is_rsa_ = false;
  std::shared_ptr<void> key_;
};

// Our key at the provider: ES256. Thread-safe.
class SigningKey {
 public:
  // Reads a private key on P-256 (PKCS #8 or SEC 1). Errors: FAILED_PRECONDITION with a sentence
  // for the log.
  static absl::StatusOr<SigningKey> FromPem(absl::string_view pem);
  static absl::StatusOr<SigningKey> Load(const std::string& pem_file);

  // The thumbprint of the public half (RFC 7638).
  const std::string& id() const { return id_; }
  // The public half as a JSON Web Key, for the provider's register of clients.
  std::string PublicJwk() const;
  // Returns R and S, 64 bytes.
  std::string Sign(absl::string_view text) const;

 private:
  SigningKey() = default;

  std::string id_;
  std::string x_, y_;  // base64url
  std::shared_ptr<void> key_;
};

}  // namespace bitrade::identity::oidc
