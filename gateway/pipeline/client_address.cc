#include "gateway/pipeline/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {
namespace {

// In the order in which the proxies wrote them; "" for what is no address.
std::vector<std::string> Hops(const http::Request& request) {
  std::vector<std::string> hops;
  for (const http::Header& header : request.headers) {
    if (header.name != "x-forwarded-for") continue;
    for (const absl::string_view hop : absl::StrSplit(header.value, ',')) {
      hops.push_back(AddressOf(absl::StripAsciiWhitespace(hop)));
    }
  }
  return hops;
}

}  // namespace

std::string AddressOf(absl::string_view text) {
  const std::string address(text);
  std::array<char, INET6_ADDRSTRLEN> usual{};
  in6_addr six{};
  if (inet_pton(AF_INET, address.c_str(), &six) == 1) return address;
  if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return "";
  constexpr std::ptrdiff_t kMapped = 12;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&six);
  return mapped ? inet_ntop(AF_INET, std::begin(six.s6_addr) + kMapped, usual.data(), usual.size())
                : inet_ntop(AF_INET6, &six, usual.data(), usual.size());
}

// Each hop was written by the one after it: from the first that is no proxy of ours on, all may be
// invented.
std::string ClientAddress(const http::Request& request, const std::vector<std::string>& proxies) {
  const auto is_proxy = [&](const std::string& address) {
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
  };
  const std::string usual = AddressOf(request.peer_address);
  const std::string& peer = usual.empty() ? request.peer_address : usual;
  if (!is_proxy(peer)) return peer;
  std::vector<std::string> hops = Hops(request);
  while (!hops.empty() && is_proxy(hops.back())) hops.pop_back();
  return hops.empty() || hops.back().empty() ? peer : hops.back();
}

}  // namespace bitrade::gateway
