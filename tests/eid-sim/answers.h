// The JSON texts that the relying-party interface answers with.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/evidence.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// {"errorCode": …, "details": …}
std::string ErrorJson(absl::string_view code, absl::string_view details);

// The four names of a new order.
std::string CreatedJson(const OrderTokens& tokens);

// Status and hint of an order that is pending or failed.
std::string HintJson(const Order& order);

// Status and completionData of a completed order.
std::string CompleteJson(const Order& order, const Evidence& evidence);

}  // namespace bitrade::eidsim
