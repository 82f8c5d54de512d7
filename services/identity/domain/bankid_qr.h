// The animated QR code of BankID: a text that changes every second, so that a photograph of it is
// soon worthless.
//
//   text = "bankid." + start token + "." + t + "." + HMAC-SHA256(start secret, t) in hexadecimal
//   t    = whole seconds since our receipt of the order
//
// The secret never leaves the service, and no code is made before its second.
#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::identity {

// What the provider gave with the order.
struct QrSecrets {
  std::string start_token;
  std::string start_secret;
};

// HMAC-SHA256 of `data` under `key`, as 32 raw bytes.
using HmacSha256 = absl::FunctionRef<std::string(absl::string_view key, absl::string_view data)>;

// Returns the text to show `age` after our receipt of the order; an age below 0 counts as 0.
std::string AnimatedQr(const QrSecrets& secrets, absl::Duration age, HmacSha256 hmac);

}  // namespace bitrade::identity
