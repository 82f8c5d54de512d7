// A request and an answer of the simulator's interfaces, apart from any HTTP library.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/eid-sim/relying_party.h"

namespace bitrade::eidsim {

struct HttpRequest {
  std::string method;
  std::string path;  // with the query
  std::string content_type;
  std::string body;
  bool oversize = false;      // the body was longer than kMaxBody and is not here
  RelyingParty peer;          // from the client certificate; empty without one
  std::string authorization;  // the header
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";  // when there is a body
  bool drop = false;                              // close the connection instead of answering
  absl::Duration delay;                           // wait before answering
  std::vector<std::pair<std::string, std::string>> headers;
};

constexpr size_t kMaxBody = size_t{2} * 1024 * 1024;

using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

}  // namespace bitrade::eidsim
