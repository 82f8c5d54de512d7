// The secret that a browser holds in a cookie: 256 random bits. Only its digest is ever kept.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Returns a new secret, 43 characters of base64url.
std::string NewToken();

// Tells whether `text` has the form of a secret that NewToken could have made.
bool IsToken(absl::string_view text);

// Returns the name of the row of the session whose token this is: "sess:<SHA-256 of the token>".
std::string SessionKeyOf(absl::string_view token);

}  // namespace bitrade::gateway
