// A JSON object as it is written: members in their order, each value a JSON text. It holds the same
// name twice where a fault wants that.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

// Returns `text` as a JSON string with its quotation marks.
std::string JsonText(absl::string_view text);

// Returns an array of JSON texts, and one of strings.
std::string JsonArray(const std::vector<std::string>& values);
std::string JsonTexts(const std::vector<std::string>& texts);

class JsonMembers {
 public:
  // Each sets a member; one of that name keeps its place.
  JsonMembers& Text(absl::string_view name, absl::string_view value);
  JsonMembers& Number(absl::string_view name, int64_t value);
  JsonMembers& Flag(absl::string_view name, bool value);
  JsonMembers& Json(absl::string_view name, std::string value);

  // Sets the member unless `value` is empty.
  JsonMembers& OptionalText(absl::string_view name, absl::string_view value);

  // Writes the member once more, with another value.
  void Repeat(absl::string_view name, std::string json);
  void Remove(absl::string_view name);

  // The JSON text of a member; empty when there is none.
  std::string Find(absl::string_view name) const;

  std::string Object() const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace bitrade::eidsim::oidc
