// Whether a browser sends a request for a page of somebody else.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Returns scheme, host and port of an address: "https://bitrade.example".
std::string OriginOf(absl::string_view url);

// Tells whether `Origin` and `Sec-Fetch-Site` allow a change: those that are there must name our
// own `origin`. Clients that are no browsers send neither.
bool IsOwnOrigin(absl::string_view origin, absl::string_view sent_origin,
                 absl::string_view sec_fetch_site);

}  // namespace bitrade::gateway
