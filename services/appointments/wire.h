// What every noun's convert needs: enumerations by tables of (domain, wire) pairs, ids and days out
// of texts, with their faults collected.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/common/base/dates.h"
#include "services/common/error/error.h"
#include "services/common/error/id_field.h"

namespace bitrade::appointments {

// Returns the wire's value for `value`. Precondition: the table has it.
template <typename Table, typename Value>
auto ToWire(const Table& table, Value value) {
  for (const auto& [known, wire] : table) {
    if (known == value) return wire;
  }
  std::abort();
}

// Returns the value for the wire's, or `otherwise` with a fault in `field`.
template <typename Table, typename Wire, typename Value>
Value FromWire(const Table& table, Wire wire, Value otherwise, absl::string_view field,
               Violations& violations) {
  for (const auto& [value, known] : table) {
    if (known == wire) return value;
  }
  violations.Add(field, "UNKNOWN", "one of the values that the contract names");
  return otherwise;
}

// Returns the day that `text` names, or whatever with a fault in `field`.
inline absl::CivilDay DayFrom(const std::string& text, absl::string_view field,
                              Violations& violations) {
  const std::optional<absl::CivilDay> day = ParseDate(text);
  if (!day) {
    violations.Add(field, text.empty() ? "REQUIRED" : "MALFORMED", "a day, YYYY-MM-DD");
  }
  return day.value_or(absl::CivilDay());
}

// The same where an empty text stands for what is not known.
inline std::optional<absl::CivilDay> DayIfAny(const std::string& text, absl::string_view field,
                                              Violations& violations) {
  if (text.empty()) return std::nullopt;
  return DayFrom(text, field, violations);
}

}  // namespace bitrade::appointments
