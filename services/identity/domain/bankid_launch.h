// How a browser opens the BankID app on its own device.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// Returns the link that gives the app the order with this token: the app's own scheme on a
// computer, the vendor's https address on a phone. "" for an e-legitimation that has no such app.
std::string LaunchUrl(Method method, absl::string_view auto_start_token);

}  // namespace bitrade::identity
