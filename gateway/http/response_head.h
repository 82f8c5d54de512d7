// Writes the head of a response: status line, `Date`, what delimits the body, and the headers of
// the application as far as they could not be mistaken for anything else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"

namespace bitrade::gateway::http {

// How the reader learns where the body ends, and whether the connection stays.
struct Delimiting {
  bool http11 = true;
  bool keep_alive = true;
  bool chunked = false;  // only with http11
  std::optional<uint64_t> length =
      std::nullopt;  // unset and not chunked: the end of the connection ends the body
};

// Returns the head with its empty line. Left out of `headers` are those that the edge writes itself
// and those whose name is no token or whose value has CR, LF or NUL.
std::string WriteHead(int status, absl::string_view content_type,
                      const std::vector<Header>& headers, const Delimiting& delimiting);

// Tells whether a response of that status has a body at all (RFC 9110 6.4.1).
bool StatusHasBody(int status);

}  // namespace bitrade::gateway::http
