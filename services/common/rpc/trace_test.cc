#include "services/common/rpc/trace.h"

#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

constexpr char kGood[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST_CASE("A trace goes on with a fresh parent", "[rpc][unit]") {
  const std::string next = NextTraceparent(kGood);
  CHECK(IsTraceparent(next));
  CHECK(TraceId(next) == TraceId(kGood));
  CHECK(next != kGood);
  CHECK(next.substr(53) == "01");
}

TEST_CASE("What is no traceparent begins a new trace", "[rpc][unit]") {
  for (const char* bad : {"", "garbage", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                          "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                          "00-4BF92F3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
    CHECK_FALSE(IsTraceparent(bad));
    CHECK(IsTraceparent(NextTraceparent(bad)));
  }
}

}  // namespace
}  // namespace bitrade::rpc
