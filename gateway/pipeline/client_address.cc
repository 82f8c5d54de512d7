#include "gateway/pipeline/client_address.h"

#include <arpa/inet.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {
namespace {

// In the order in which the proxies wrote them.
std::vector<std::string> Hops(const http::Request& request) {
  std::vector<std::string> hops;
  for (const http::Header& header : request.headers) {
    if (header.name != "x-forwarded-for") continue;
    for (const absl::string_view hop : absl::StrSplit(header.value, ',')) {
      hops.emplace_back(absl::StripAsciiWhitespace(hop));
    }
  }
  return hops;
}

}  // namespace

bool IsAddress(absl::string_view text) {
  const std::string address(text);
  in6_addr parsed{};
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1 ||
         inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

// Each hop was written by the one after it: from the first that is no proxy of ours on, all may be
// invented.
std::string ClientAddress(const http::Request& request, const std::vector<std::string>& proxies) {
  const auto is_proxy = [&](const std::string& address) {
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
  };
  if (!is_proxy(request.peer_address)) return request.peer_address;
  std::vector<std::string> hops = Hops(request);
  while (!hops.empty() && is_proxy(hops.back())) hops.pop_back();
  return !hops.empty() && IsAddress(hops.back()) ? hops.back() : request.peer_address;
}

}  // namespace bitrade::gateway
