// Where a request comes from, when it may come through proxies.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace bitrade::gateway {

// Tells whether `text` is an IPv4 or IPv6 address.
bool IsAddress(absl::string_view text);

// Returns the address of the client: the other end of the connection, or, when that is one of
// `proxies`, the last of `X-Forwarded-For` that is none of them. What anybody else wrote there
// counts for nothing.
std::string ClientAddress(const http::Request& request, const std::vector<std::string>& proxies);

}  // namespace bitrade::gateway
