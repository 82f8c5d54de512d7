// What an operator is told of an OpenID provider's answers that refuse.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::identity {

// Whether an answer was not believed, or refused for another reason.
enum class Refusal { kUnbelieved, kOther };

// Writes an error to the log for an answer that is not believed, or that says that we are set up
// wrongly: somebody must look. `id` is of what was asked for.
Refusal TellRefusal(const absl::Status& refusal, absl::string_view id, absl::Time now);

}  // namespace bitrade::identity
