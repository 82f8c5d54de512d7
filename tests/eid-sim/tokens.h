// Random names as BankID gives them: version 4 UUIDs in lower case.
#pragma once

#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// Returns four fresh names.
OrderTokens NewOrderTokens();

}  // namespace bitrade::eidsim
