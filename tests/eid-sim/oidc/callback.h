// Where the browser goes when a request is decided, and what may be wrong with that.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/authorization.h"

namespace bitrade::eidsim::oidc {

// The redirect URI with `code`, `state` and `iss`, changed as the approval's fault says.
// Source: RFC 9207.
std::string CodeCallback(const Authorization& approved);

// The redirect URI with `error`, `state` and `iss`, changed in the same way.
std::string ErrorCallback(const Authorization& denied, absl::string_view error);

// The names of all faults of a callback, without "callback.".
std::vector<absl::string_view> CallbackFaults();

}  // namespace bitrade::eidsim::oidc
