// Which browser, roughly: enough for a person to recognise her own sessions, too little to tell
// people apart.
#pragma once

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Returns the family that a header `User-Agent` claims: CHROME, EDGE, FIREFOX, OPERA, SAFARI, or
// OTHER.
absl::string_view UserAgentFamily(absl::string_view user_agent);

}  // namespace bitrade::gateway
