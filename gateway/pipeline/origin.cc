#include "gateway/pipeline/origin.h"

namespace bitrade::gateway {

std::string OriginOf(absl::string_view url) {
  const size_t host = url.find("://");
  if (host == absl::string_view::npos) return std::string(url);
  return std::string(url.substr(0, url.find('/', host + 3)));
}

bool IsOwnOrigin(absl::string_view origin, absl::string_view sent_origin,
                 absl::string_view sec_fetch_site) {
  const bool own_site =
      sec_fetch_site.empty() || sec_fetch_site == "same-origin" || sec_fetch_site == "none";
  return own_site && (sent_origin.empty() || sent_origin == origin);
}

}  // namespace bitrade::gateway
