#include "gateway/http/head_scan.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using Verdict = HeadScan::Verdict;

Verdict Scan(absl::string_view bytes) { return HeadScan().Continue(bytes); }

TEST_CASE("A head ends with its first empty line", "[http][gateway]") {
  HeadScan scan;

  const Verdict verdict = scan.Continue("GET / HTTP/1.1\r\nHost: a\r\n\r\nnext\r\n\r\n");

  CHECK(verdict == Verdict::kComplete);
  CHECK(scan.size() == 27);
}

TEST_CASE("A head is found whatever pieces it comes in", "[http][gateway]") {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  HeadScan scan;

  for (size_t size = 0; size < head.size(); ++size) {
    REQUIRE(scan.Continue(head.substr(0, size)) == Verdict::kIncomplete);
  }
  CHECK(scan.Continue(head) == Verdict::kComplete);
  CHECK(scan.size() == head.size());
}

TEST_CASE("A line without CR is refused before the head is complete", "[http][gateway]") {
  CHECK(Scan("GET / HTTP/1.1\n") == Verdict::kMalformed);
  CHECK(Scan("GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n") == Verdict::kMalformed);
  CHECK(Scan("\n") == Verdict::kMalformed);
  CHECK(Scan("GET / HTTP/1.1\r\n\n") == Verdict::kMalformed);
}

TEST_CASE("A line that continues the one before is refused", "[http][gateway]") {
  CHECK(Scan("GET / HTTP/1.1\r\nX: y\r\n z\r\n\r\n") == Verdict::kMalformed);
  CHECK(Scan("GET / HTTP/1.1\r\n\tX: y\r\n\r\n") == Verdict::kMalformed);
}

}  // namespace
}  // namespace bitrade::gateway::http
