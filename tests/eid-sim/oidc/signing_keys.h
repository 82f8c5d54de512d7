// The provider's own keys: which of them signs, and which are published.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/jwk.h"

namespace bitrade::eidsim::oidc {

struct SigningKey {
  std::string kid;
  std::string algorithm;  // ES256, RS256, PS256
  Key key;
};

// Not thread-safe.
class SigningKeys {
 public:
  // One key each for ES256 and RS256.
  SigningKeys();

  // Makes a key that signs from now on; those before it stay published. Errors: INVALID_ARGUMENT
  // for another algorithm.
  absl::StatusOr<SigningKey> Add(absl::string_view algorithm);

  // Withdraws a key. Errors: NOT_FOUND, FAILED_PRECONDITION for the last one of its algorithm.
  absl::Status Retire(absl::string_view kid);

  // The newest key for one of the three algorithms; made if there is none.
  const SigningKey& Newest(absl::string_view algorithm);

  const std::vector<SigningKey>& published() const { return keys_; }
  std::vector<PublicKey> PublicKeys() const;
  std::string Jwks() const;

 private:
  std::vector<SigningKey> keys_;  // oldest first
};

}  // namespace bitrade::eidsim::oidc
