#include "gateway/pipeline/accept.h"
#include "gateway/pipeline/client_address.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/pipeline/etag.h"
#include "gateway/pipeline/origin.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

TEST_CASE("A cookie is found by its whole name, and one that is there twice is none") {
  CHECK(FindCookie("a=1; __Host-session=tok; b=2", "__Host-session") == "tok");
  CHECK(FindCookie("__Host-session=tok", "__Host-session") == "tok");
  CHECK(FindCookie("x__Host-session=tok; __Host-session2=x", "__Host-session").empty());
  CHECK(FindCookie("__Host-session=a; __Host-session=b", "__Host-session").empty());
  CHECK(FindCookie("; ;a;=", "__Host-session").empty());
}

TEST_CASE("A cookie belongs to this host, to TLS, and to no script") {
  CHECK(SetCookie(kSessionCookie, "tok", SameSite::kStrict) ==
        "__Host-session=tok; Path=/; Secure; HttpOnly; SameSite=Strict");
  CHECK(SetCookie(kLoginCookie, "tok", SameSite::kLax, absl::Minutes(10)) ==
        "__Host-login=tok; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
  CHECK(ClearCookie(kLoginCookie) ==
        "__Host-login=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST_CASE("JSON is acceptable unless a client says otherwise") {
  for (const char* accept :
       {"", "*/*", "application/*", "application/json", "text/csv, */*;q=0.1",
        "APPLICATION/JSON;q=0.5", "application/json;charset=utf-8", "*/*;q=0, application/json"}) {
    INFO(accept);
    CHECK(AcceptsJson(accept));
  }
  for (const char* accept : {"text/csv", "text/*", "application/json;q=0", "*/*;q=0.0",
                             "application/json;q=0, */*", "nonsense"}) {
    INFO(accept);
    CHECK_FALSE(AcceptsJson(accept));
  }
}

TEST_CASE("A change comes from our own pages, or from no browser") {
  const std::string own = OriginOf("https://bitrade.example/path");
  CHECK(own == "https://bitrade.example");
  CHECK(IsOwnOrigin(own, "", ""));
  CHECK(IsOwnOrigin(own, "https://bitrade.example", "same-origin"));
  CHECK_FALSE(IsOwnOrigin(own, "https://bitrade.example.evil.example", ""));
  CHECK_FALSE(IsOwnOrigin(own, "http://bitrade.example", ""));
  CHECK_FALSE(IsOwnOrigin(own, "null", ""));
  CHECK_FALSE(IsOwnOrigin(own, "", "cross-site"));
  CHECK_FALSE(IsOwnOrigin(own, "", "same-site"));
}

TEST_CASE("Only a listed proxy says where a request comes from, and only for what it saw itself") {
  http::Request request;
  request.peer_address = "127.0.0.1";
  const auto with = [&](const std::vector<std::string>& forwarded) {
    request.headers.clear();
    for (const std::string& value : forwarded)
      request.headers.push_back({"x-forwarded-for", value});
    return request;
  };
  const std::vector<std::string> proxies{"127.0.0.1", "10.0.0.1"};
  CHECK(ClientAddress(with({"192.0.2.7"}), {}) == "127.0.0.1");
  CHECK(ClientAddress(with({}), proxies) == "127.0.0.1");
  CHECK(ClientAddress(with({"192.0.2.7"}), proxies) == "192.0.2.7");
  CHECK(ClientAddress(with({"2001:db8::7, 10.0.0.1"}), proxies) == "2001:db8::7");
  CHECK(ClientAddress(with({"198.51.100.1, 192.0.2.7 ,10.0.0.1"}), proxies) == "192.0.2.7");
  CHECK(ClientAddress(with({"198.51.100.1", "192.0.2.7"}), proxies) == "192.0.2.7");
  for (const char* garbled : {"", ",", "unknown", "192.0.2.7:443", "192.0.2.7;x", "10.0.0.1"}) {
    CHECK(ClientAddress(with({garbled}), proxies) == "127.0.0.1");
  }
  request.peer_address = "203.0.113.9";
  CHECK(ClientAddress(with({"192.0.2.7"}), proxies) == "203.0.113.9");
}

TEST_CASE("An address counts as the same, however it is written") {
  CHECK(AddressOf("192.0.2.7") == "192.0.2.7");
  CHECK(AddressOf("::ffff:192.0.2.7") == "192.0.2.7");
  CHECK(AddressOf("::FFFF:c000:207") == "192.0.2.7");
  CHECK(AddressOf("2001:DB8:0:0::0007") == "2001:db8::7");
  for (const char* none : {"", "192.0.2", "192.0.2.7:443", "[::1]", "localhost", "::1%lo"}) {
    CHECK(AddressOf(none).empty());
  }
  http::Request request;
  request.peer_address = "::ffff:127.0.0.1";
  request.headers = {{"x-forwarded-for", "::ffff:192.0.2.7"}};
  CHECK(ClientAddress(request, {"127.0.0.1"}) == "192.0.2.7");
}

TEST_CASE("If-None-Match compares weakly, and a tag follows the bytes") {
  CHECK(Matches("\"7\"", "\"7\""));
  CHECK(Matches("\"1\", W/\"7\"", "\"7\""));
  CHECK(Matches("*", "\"7\""));
  CHECK_FALSE(Matches("", "\"7\""));
  CHECK_FALSE(Matches("7", "\"7\""));
  CHECK(EtagOfBytes("a") == EtagOfBytes("a"));
  CHECK(EtagOfBytes("a") != EtagOfBytes("b"));
}

}  // namespace
}  // namespace bitrade::gateway
