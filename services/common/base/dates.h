// Civil days as text: ISO 8601, YYYY-MM-DD, and nothing else.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace bitrade {

// Returns the day that `text` names; nullopt for any other form and for a day that does not exist.
std::optional<absl::CivilDay> ParseDate(absl::string_view text);

// Returns YYYY-MM-DD.
std::string FormatDate(absl::CivilDay day);

}  // namespace bitrade
