// What of the agency's matters a case system may touch, as its entry in the policy says.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::rpc {

// Codes as matters carry them; "*" stands for all. An empty list covers nothing.
struct Reach {
  std::vector<std::string> authorities;  // "MIGRATION_AGENCY"
  std::vector<std::string> categories;   // "ASYLUM_ADULT"

  // Tells whether a matter of that authority and category is within reach. One that is not known
  // (an empty code) is within reach of nobody.
  bool Covers(absl::string_view authority, absl::string_view category) const {
    return Holds(authorities, authority) && Holds(categories, category);
  }

 private:
  static bool Holds(const std::vector<std::string>& codes, absl::string_view code) {
    return !code.empty() && std::any_of(codes.begin(), codes.end(), [code](const auto& held) {
      return held == "*" || held == code;
    });
  }
};

}  // namespace bitrade::rpc
