// Names of enumerations, in both directions: a table of pairs beside each enumeration.
#pragma once

#include <array>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"

namespace bitrade::identity {

template <typename Enum, size_t kSize>
using Names = std::array<std::pair<Enum, const char*>, kSize>;

// Returns the name of `value`; "" for one that the table lacks.
template <typename Enum, size_t kSize>
absl::string_view NameIn(const Names<Enum, kSize>& names, Enum value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "";
}

// Returns the value with a name; empty for a name that is none of ours.
template <typename Enum, size_t kSize>
std::optional<Enum> ValueIn(const Names<Enum, kSize>& names, absl::string_view wanted) {
  for (const auto& [value, name] : names) {
    if (wanted == name) return value;
  }
  return std::nullopt;
}

}  // namespace bitrade::identity
