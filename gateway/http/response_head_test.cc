#include "gateway/http/response_head.h"

#include <string>

#include "absl/strings/match.h"
#include "gateway/http/testing/raw_client.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using testing::HeaderOf;

TEST_CASE("A head names status, date, type and length, and no server", "[http][gateway]") {
  const std::string head = WriteHead(200, "application/json", {{"ETag", "\"1\""}}, {.length = 5});

  CHECK(absl::StartsWith(head, "HTTP/1.1 200 OK\r\nDate: "));
  CHECK(absl::EndsWith(head,
                       " GMT\r\nContent-Type: application/json\r\nETag: \"1\"\r\n"
                       "Content-Length: 5\r\n\r\n"));
}

TEST_CASE("A header that could become another line is left out", "[http][gateway]") {
  const std::string head = WriteHead(302, "",
                                     {{"Location", "a\r\nInjected: yes"},
                                      {"X:", "y"},
                                      {"", "y"},
                                      {"X-Nul", std::string("a\0b", 3)}},
                                     {.length = 0});

  CHECK_FALSE(absl::StrContains(head, "Injected"));
  CHECK_FALSE(absl::StrContains(head, "X"));
  CHECK(absl::EndsWith(head, "GMT\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("Framing headers of the application are left out", "[http][gateway]") {
  const std::string head =
      WriteHead(200, "", {{"content-length", "9"}, {"Transfer-Encoding", "x"}, {"Server", "y"}},
                {.length = 5});

  CHECK(HeaderOf(head, "Content-Length") == "5");
  CHECK(HeaderOf(head, "Transfer-Encoding").empty());
  CHECK(HeaderOf(head, "Server").empty());
}

TEST_CASE("An answer without a body has no length", "[http][gateway]") {
  for (const int status : {204, 304}) {
    CHECK(HeaderOf(WriteHead(status, "", {}, {.length = 0}), "Content-Length").empty());
  }
}

TEST_CASE("A head tells HTTP/1.0 that the connection stays, and HTTP/1.1 that it ends",
          "[http][gateway]") {
  CHECK(HeaderOf(WriteHead(200, "", {}, {.http11 = false}), "Connection") == "keep-alive");
  CHECK(HeaderOf(WriteHead(200, "", {}, {.keep_alive = false}), "Connection") == "close");
  CHECK(HeaderOf(WriteHead(200, "", {}, {}), "Connection").empty());
}

}  // namespace
}  // namespace bitrade::gateway::http
