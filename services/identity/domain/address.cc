#include "services/identity/domain/address.h"

#include <arpa/inet.h>

#include <cstdint>
#include <cstring>

#include "services/identity/domain/names.h"

namespace bitrade::identity {
namespace {

constexpr Names<AddressRule, 3> kRules{{{AddressRule::kOff, "off"},
                                        {AddressRule::kSignal, "signal"},
                                        {AddressRule::kEnforce, "enforce"}}};
constexpr size_t kV4Size = 4;
constexpr size_t kV6Network = 8;

// What one network gives to one device; empty for a text that is no address. An IPv4 address that
// is written as an IPv6 address is itself.
std::string NetworkOf(const std::string& text) {
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
    return {reinterpret_cast<const char*>(&v4), kV4Size};
  }
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return "";
  const auto* bytes = reinterpret_cast<const char*>(&v6);
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return {bytes + sizeof(v6) - kV4Size, kV4Size};
  return {bytes, kV6Network};
}

}  // namespace

std::optional<AddressRule> ParseAddressRule(absl::string_view name) {
  return ValueIn(kRules, name);
}

bool IsIpAddress(const std::string& text) { return !NetworkOf(text).empty(); }

bool MayBeOneDevice(const std::string& one, const std::string& other) {
  const std::string network = NetworkOf(one);
  return !network.empty() && network == NetworkOf(other);
}

}  // namespace bitrade::identity
