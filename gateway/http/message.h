// What the edge hands to the application and takes back from it: one request, one response.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::gateway::http {

struct Header {
  std::string name;  // lower case in a request
  std::string value;
};

// A request whose framing is beyond doubt and whose body is complete. Nothing is percent-decoded.
struct Request {
  std::string method;
  std::string path;   // starts with '/', or is "*" for OPTIONS
  std::string query;  // without the '?'
  std::string body;   // chunks already joined; trailers are dropped
  std::vector<Header> headers;
  std::string peer_address;  // the other end of the connection, without its port
  bool http11 = true;        // false: HTTP/1.0

  // Finds the first header of that name; "" when it is missing. `lower_name` is in lower case.
  absl::string_view Find(absl::string_view lower_name) const;

  // Counts the headers of that name. `lower_name` is in lower case.
  size_t Count(absl::string_view lower_name) const;
};

// A whole response. The edge adds `Date`, and what delimits the body; such headers are ignored in
// `headers`, and so is one whose name or value could not stand in a head.
struct Response {
  int status = 200;
  std::string content_type;  // "" for none
  std::string body;
  std::vector<Header> headers;
};

}  // namespace bitrade::gateway::http
