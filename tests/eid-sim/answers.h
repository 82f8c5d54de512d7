// The JSON texts that the relying-party interface answers with.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// {"errorCode": …, "details": …}
std::string ErrorJson(absl::string_view code, absl::string_view details);

// The four names of a new order.
std::string AuthJson(const OrderTokens& tokens);

// Status, hint, and completionData for a completed order. Its signature and OCSP response are well
// formed base64 of texts that prove nothing: the relying party under test trusts what BankID's TLS
// connection delivers and keeps both as evidence only.
std::string CollectJson(const Order& order);

}  // namespace bitrade::eidsim
