#include "services/identity/domain/address.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

TEST_CASE("One device has one IPv4 address, or IPv6 addresses of one network",
          "[identity][domain]") {
  CHECK(MayBeOneDevice("192.0.2.1", "192.0.2.1"));
  CHECK(MayBeOneDevice("192.0.2.1", "::ffff:192.0.2.1"));
  CHECK(MayBeOneDevice("2001:db8::1", "2001:0db8:0:0:ffff::9"));
  CHECK_FALSE(MayBeOneDevice("192.0.2.1", "192.0.2.2"));
  CHECK_FALSE(MayBeOneDevice("2001:db8::1", "2001:db8:0:1::1"));
  CHECK_FALSE(MayBeOneDevice("192.0.2.1", "2001:db8::1"));
}

TEST_CASE("What is no address is nobody's", "[identity][domain]") {
  CHECK(IsIpAddress("192.0.2.1"));
  CHECK(IsIpAddress("::1"));
  CHECK_FALSE(IsIpAddress("localhost"));
  CHECK_FALSE(IsIpAddress(""));
  CHECK_FALSE(MayBeOneDevice("", ""));
  CHECK_FALSE(MayBeOneDevice("x", "x"));
}

TEST_CASE("The rule for addresses has three names", "[identity][domain]") {
  CHECK(ParseAddressRule("off") == AddressRule::kOff);
  CHECK(ParseAddressRule("signal") == AddressRule::kSignal);
  CHECK(ParseAddressRule("enforce") == AddressRule::kEnforce);
  CHECK_FALSE(ParseAddressRule("ENFORCE").has_value());
}

}  // namespace
}  // namespace bitrade::identity
