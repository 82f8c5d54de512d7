// A signed token before it is signed, and all that a fault may change of it.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "tests/eid-sim/oidc/json_members.h"
#include "tests/eid-sim/oidc/signing_keys.h"

namespace bitrade::eidsim::oidc {

enum class Sealing {
  kByKey,
  kNone,             // alg none, an empty signature
  kHmacOfPublicKey,  // HS256 under the PEM text of the RSA key that everybody can read
  kBroken,           // one bit of the signature is another
};

enum class Shape {
  kCompact,
  kPadded,     // base64 with its padding
  kFourParts,  // one part too many
  kNotJson,    // the payload is signed, but no JSON
  kPlain,      // the claims alone, as JSON
};

struct TokenDraft {
  JsonMembers header;  // set when it is drafted; a fault of the sealing overrides `alg`
  JsonMembers claims;
  SigningKey key;
  SigningKey other_key;  // published as well, of another type
  Sealing sealing = Sealing::kByKey;
  Shape shape = Shape::kCompact;
  // What faults have to know.
  absl::Time now;
  std::string client_id;
  std::string issuer;
  std::string person_number;
};

// Returns the token's text.
std::string Sealed(const TokenDraft& draft);

}  // namespace bitrade::eidsim::oidc
