#include "gateway/http/message.h"

#include <algorithm>

namespace bitrade::gateway::http {

absl::string_view Request::Find(absl::string_view lower_name) const {
  for (const Header& header : headers) {
    if (header.name == lower_name) return header.value;
  }
  return {};
}

size_t Request::Count(absl::string_view lower_name) const {
  return static_cast<size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [lower_name](const Header& header) { return header.name == lower_name; }));
}

}  // namespace bitrade::gateway::http
