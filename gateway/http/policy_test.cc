#include "gateway/http/policy.h"

#include <string>
#include <utility>
#include <vector>

#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

Request Head(std::vector<Header> headers) {
  Request head;
  head.method = "GET";
  head.headers = std::move(headers);
  return head;
}

int Judge(const Request& head, absl::string_view target = "/") {
  return JudgeHead(head, target, Limits{});
}

int JudgeWith(Header header) { return Judge(Head({{"host", "a"}, std::move(header)})); }

TEST_CASE("Exactly one valid Host is demanded in HTTP/1.1", "[http][gateway]") {
  CHECK(Judge(Head({{"host", "a"}})) == 0);
  CHECK(Judge(Head({{"host", "a.example:8443"}})) == 0);
  CHECK(Judge(Head({{"host", "[::1]:80"}})) == 0);
  CHECK(Judge(Head({})) == 400);
  CHECK(Judge(Head({{"host", "a"}, {"host", "a"}})) == 400);
  for (const char* host : {"", ":80", "a:b", "a:65536", "a:1:2", "a b", "u@a", "[::1", "[::1]x"}) {
    CAPTURE(host);
    CHECK(Judge(Head({{"host", host}})) == 400);
  }
}

TEST_CASE("HTTP/1.0 needs no Host and knows no transfer coding", "[http][gateway]") {
  Request head = Head({});
  head.http11 = false;

  CHECK(Judge(head) == 0);
  head.headers = {{"transfer-encoding", "chunked"}};
  CHECK(Judge(head) == 400);
}

TEST_CASE("A body has one plain length or one chunked coding", "[http][gateway]") {
  CHECK(JudgeWith({"content-length", "5"}) == 0);
  CHECK(JudgeWith({"transfer-encoding", "Chunked"}) == 0);
  for (const char* length : {"", "+5", "-5", "5, 5", "0x5", "5 5"}) {
    CAPTURE(length);
    CHECK(JudgeWith({"content-length", length}) == 400);
  }
  for (const char* coding : {"", "xchunked", "identity, chunked", "chunked, chunked", "gzip"}) {
    CAPTURE(coding);
    CHECK(JudgeWith({"transfer-encoding", coding}) == 501);
  }
  CHECK(Judge(Head({{"host", "a"}, {"content-length", "5"}, {"content-length", "5"}})) == 400);
  CHECK(Judge(Head({{"host", "a"}, {"content-length", "5"}, {"transfer-encoding", "chunked"}})) ==
        400);
}

TEST_CASE("Only 100-continue can be expected", "[http][gateway]") {
  CHECK(JudgeWith({"expect", "100-Continue"}) == 0);
  CHECK(JudgeWith({"expect", "200-ok"}) == 417);
}

TEST_CASE("A request has at most a hundred headers", "[http][gateway]") {
  Request head = Head({{"host", "a"}});
  head.headers.resize(100, {"x", "y"});

  CHECK(Judge(head) == 0);
  head.headers.push_back({"x", "y"});
  CHECK(Judge(head) == 431);
}

TEST_CASE("Unknown methods and tunnels are not implemented", "[http][gateway]") {
  Request head = Head({{"host", "a"}});

  for (const char* method : {"BREW", "get", "PROPFIND"}) {
    head.method = method;
    CHECK(Judge(head) == 501);
  }
  head.method = "CONNECT";
  CHECK(Judge(head, "a.example:443") == 501);
}

TEST_CASE("A target is a path, an absolute URI, or * for OPTIONS", "[http][gateway]") {
  Request head = Head({{"host", "a"}});

  for (const char* target : {"/", "/a?b=%C3%A5", "http://b.example/x", "HTTPS://b:1?x"}) {
    CAPTURE(target);
    CHECK(Judge(head, target) == 0);
  }
  for (const char* target : {"a", "*", "/a#b", "/\xC3\xA5", "/%", "/%2", "/%zz", "http://",
                             "ftp://a/", "http://u@b/", "/a\x7f"}) {
    CAPTURE(target);
    CHECK(Judge(head, target) == 400);
  }
  head.method = "OPTIONS";
  CHECK(Judge(head, "*") == 0);
}

TEST_CASE("A target of 2048 bytes passes and one more does not", "[http][gateway]") {
  const Request head = Head({{"host", "a"}});

  CHECK(Judge(head, "/" + std::string(2047, 'a')) == 0);
  CHECK(Judge(head, "/" + std::string(2048, 'a')) == 414);
}

TEST_CASE("A target is split into path and query, undecoded", "[http][gateway]") {
  Request head = Head({{"host", "a"}});

  ApplyTarget("/a%20b?c=d?e", head);

  CHECK(head.path == "/a%20b");
  CHECK(head.query == "c=d?e");
  CHECK(head.Find("host") == "a");
}

TEST_CASE("An absolute target gives path and host", "[http][gateway]") {
  Request head = Head({{"host", "a"}});

  ApplyTarget("http://b.example:81?c", head);

  CHECK(head.path == "/");
  CHECK(head.query == "c");
  CHECK(head.Find("host") == "b.example:81");
}

}  // namespace
}  // namespace bitrade::gateway::http
