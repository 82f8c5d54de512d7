// How a browser opens the BankID app on its own device, and where the app sends it afterwards.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/identity/domain/login.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// Returns the link that gives the app the order with this token: the app's own scheme on a
// computer, the vendor's https address on a phone. "" for an e-legitimation that has no such app.
std::string LaunchUrl(Method method, absl::string_view auto_start_token);

// Returns where the app sends the browser after a log-in: below `public_base`, the address of the
// gateway without a slash at its end. `nonce` needs no escape.
std::string LoginReturnUrl(absl::string_view public_base, absl::string_view nonce);

// The same after a signature.
std::string SignatureReturnUrl(absl::string_view public_base, const SignatureId& signature,
                               absl::string_view nonce);

}  // namespace bitrade::identity
