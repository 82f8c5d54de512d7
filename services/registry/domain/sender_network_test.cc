#include "services/registry/domain/sender_network.h"

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

TEST_CASE("An IPv4 address stands for its sender, however it is written", "[registry][domain]") {
  CHECK(SenderNetwork("192.0.2.1") == "192.0.2.1");
  CHECK(SenderNetwork("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(SenderNetwork("192.0.2.1") != SenderNetwork("192.0.2.2"));
}

TEST_CASE("The 64 bits of a subscriber's network stand for all IPv6 addresses in it",
          "[registry][domain]") {
  CHECK(SenderNetwork("2001:db8::1") == SenderNetwork("2001:db8:0:0:ffff::2"));
  CHECK(SenderNetwork("2001:db8::1") != SenderNetwork("2001:db8:0:1::1"));
}

TEST_CASE("What is no address stands for itself", "[registry][domain]") {
  CHECK(SenderNetwork("").empty());
  CHECK(SenderNetwork("unix") == "unix");
}

}  // namespace
}  // namespace bitrade::registry
