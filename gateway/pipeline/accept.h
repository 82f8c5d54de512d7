// Whether a client takes what there is to send.
#pragma once

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Tells whether an `Accept` (RFC 9110 section 12.5.1) allows application/json. A missing header
// allows everything.
bool AcceptsJson(absl::string_view accept);

}  // namespace bitrade::gateway
