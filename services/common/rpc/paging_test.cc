#include "services/common/rpc/paging.h"

#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

using bitrade::testing::ReasonOf;

constexpr char kLast[] = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";

TEST_CASE("A request that says nothing gets the first twenty rows", "[rpc][unit]") {
  const auto rows = PageRowsOf(0, 0, "");

  REQUIRE_OK(rows);
  CHECK(rows->limit == 20);
  CHECK(rows->offset == 0);
  CHECK(rows->before > kLast);
}

TEST_CASE("Numbered pages reach a thousand rows and no further", "[rpc][unit]") {
  const auto last = PageRowsOf(100, 10, "");

  REQUIRE_OK(last);
  CHECK(last->offset == 900);
  CHECK(ReasonOf(PageRowsOf(100, 11, "")) == "USE_CURSOR");
  CHECK(ReasonOf(PageRowsOf(100, 2'147'483'647, "")) == "USE_CURSOR");
}

TEST_CASE("A limit beyond 100 and what is below the first page are refused together",
          "[rpc][unit]") {
  CHECK(DetailsOf(PageRowsOf(101, -1, "").status()).violations.size() == 2);
  CHECK(ReasonOf(PageRowsOf(-1, 1, "")) == "INVALID_REQUEST");
}

TEST_CASE("A cursor goes on after its row and wins over the page", "[rpc][unit]") {
  const auto rows = PageRowsOf(50, 400, CursorAfter(kLast));

  REQUIRE_OK(rows);
  CHECK(rows->before == kLast);
  CHECK(rows->offset == 0);
}

TEST_CASE("A cursor that no list made is refused", "[rpc][unit]") {
  CHECK(ReasonOf(PageRowsOf(0, 0, "not base64!")) == "CURSOR_INVALID");
  CHECK(ReasonOf(PageRowsOf(0, 0, CursorAfter("'; DROP TABLE appointment"))) == "CURSOR_INVALID");
}

}  // namespace
}  // namespace bitrade::rpc
