// Public keys as a JWKS carries them.
// Source: RFC 7517; RFC 7518 6.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/json_members.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim::oidc {

struct PublicKey {
  std::string kid;  // empty where whoever registered the key gave it none
  Key key;
};

// Returns the members `kty` and those of the key itself: P-256 or RSA.
JsonMembers PublicJwk(EVP_PKEY& key);

// Returns the keys of {"keys": […]}; at least one. Errors: INVALID_ARGUMENT.
absl::StatusOr<std::vector<PublicKey>> ParseJwks(JsonObject set);

// Reads a public key from a PEM file. Errors: INVALID_ARGUMENT naming the file.
absl::StatusOr<PublicKey> ReadPublicKey(const std::string& file);

// The key's SubjectPublicKeyInfo in PEM.
std::string PublicPem(EVP_PKEY& key);

}  // namespace bitrade::eidsim::oidc
