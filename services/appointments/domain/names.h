// Values of enumerations and the words under which they are stored.
#pragma once

#include <cstdlib>

#include "absl/strings/string_view.h"

namespace bitrade::appointments {

// Returns the word for `value` in a table of (value, word) pairs. Precondition: it is there.
template <typename Table, typename Value>
absl::string_view NameIn(const Table& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  std::abort();
}

// Returns the value for `name` in a table of (value, word) pairs. Precondition: it is there.
template <typename Table>
auto ValueIn(const Table& table, absl::string_view name) {
  for (const auto& [value, known] : table) {
    if (name == known) return value;
  }
  std::abort();
}

}  // namespace bitrade::appointments
