// Values of enumerations and the words under which they are stored, by tables of (value, word)
// pairs.
#pragma once

#include <cstdlib>

#include "absl/strings/string_view.h"

namespace bitrade {

// Returns the word for `value`. Precondition: it is there.
template <typename Table, typename Value>
absl::string_view NameIn(const Table& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  std::abort();
}

// Returns the value for `name`. Precondition: it is there.
template <typename Table>
auto ValueIn(const Table& table, absl::string_view name) {
  for (const auto& [value, known] : table) {
    if (name == known) return value;
  }
  std::abort();
}

}  // namespace bitrade
