// What both control interfaces, of BankID and of the OpenID provider, answer tests and developers.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "tests/eid-sim/http.h"

namespace bitrade::eidsim {

// The JSON of a result, or {"error": …} with 404 for what there is not, 409 for what is not
// possible now, and 400 for anything else that was refused.
HttpAnswer ControlAnswer(const absl::StatusOr<std::string>& result);

}  // namespace bitrade::eidsim
