// The signature algorithms of JOSE that the Swedish profile knows, over raw bytes: ES256, RS256 and
// PS256.
// Source: RFC 7518 3.
#pragma once

#include <openssl/evp.h>

#include <string>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim::oidc {

// Tells whether `algorithm` is one of the three and for keys of this type.
bool Fits(absl::string_view algorithm, EVP_PKEY& key);

// Makes a key for one of the three algorithms.
Key NewKeyFor(absl::string_view algorithm);

// Signs with a key that fits. ES256 gives both numbers in 32 bytes each.
std::string SignBytes(absl::string_view algorithm, EVP_PKEY& key, absl::string_view data);

// False for a key that does not fit, too.
bool VerifyBytes(absl::string_view algorithm, EVP_PKEY& key, absl::string_view data,
                 absl::string_view signature);

}  // namespace bitrade::eidsim::oidc
