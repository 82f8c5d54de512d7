#include "gateway/logins/return_pages.h"

#include <algorithm>

namespace bitrade::gateway {

bool ReturnPages::Has(absl::string_view page) const {
  return std::find(pages_.begin(), pages_.end(), page) != pages_.end();
}

const std::string& ReturnPages::Choose(absl::string_view page) const {
  const auto found = std::find(pages_.begin(), pages_.end(), page);
  return found == pages_.end() ? pages_.front() : *found;
}

}  // namespace bitrade::gateway
