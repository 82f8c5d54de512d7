#include "services/registry/domain/sender_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bitrade::registry {
namespace {

constexpr size_t kNetworkBytes = 8;
constexpr size_t kMappedBytes = 12;  // before the IPv4 address in ::ffff:192.0.2.1

}  // namespace

std::string SenderNetwork(absl::string_view address) {
  const std::string text(address);
  in6_addr bytes{};
  if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
  const absl::string_view all(reinterpret_cast<const char*>(bytes.s6_addr), sizeof bytes.s6_addr);
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
    const auto* four = bytes.s6_addr + kMappedBytes;
    return absl::StrCat(four[0], ".", four[1], ".", four[2], ".", four[3]);
  }
  return absl::BytesToHexString(all.substr(0, kNetworkBytes));
}

}  // namespace bitrade::registry
