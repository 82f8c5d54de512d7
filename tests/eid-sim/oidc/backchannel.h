// How the provider tells a relying party that a session has ended.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

// Posts {logout_token} as a form to an http URL and returns the status of the answer, within five
// seconds. Errors: INVALID_ARGUMENT for another URL, UNAVAILABLE.
absl::StatusOr<int> SendLogout(absl::string_view url, absl::string_view logout_token);

}  // namespace bitrade::eidsim::oidc
