// Where a request comes from, when it may come through proxies.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace bitrade::gateway {

// Returns the address that `text` is, in its one usual form: an IPv4 address in the clothes of an
// IPv6 one (`::ffff:192.0.2.7`) as what it is. "" for what is none.
std::string AddressOf(absl::string_view text);

// Returns the address of the client: the other end of the connection, or, when that is one of
// `proxies`, the last of `X-Forwarded-For` that is none of them. What anybody else wrote there
// counts for nothing.
std::string ClientAddress(const http::Request& request, const std::vector<std::string>& proxies);

}  // namespace bitrade::gateway
