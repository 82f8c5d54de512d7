// Where a page stands in its list, and the addresses of its neighbours.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

// A page as it was asked for and answered.
struct Page {
  bool by_cursor = false;  // then `page` says nothing
  bool can_page = false;   // the request has a field `page`
  int64_t page = 1;
  int64_t limit = 20;
  int64_t total = 0;
  std::string next_cursor;
};

// What `limit` and `page` may be.
struct PageBounds {
  int32_t least;
  int32_t most;
};

// Returns the bounds of a parameter that chooses a page, or null.
const PageBounds* BoundsOf(const google::protobuf::FieldDescriptor& field);

// Reads `limit`, `page` and `cursor` of a request, as far as it has them.
Page PageOf(const google::protobuf::Message& request, int64_t total, std::string next_cursor);

// Returns (relation, address) of `self`, `first`, `prev`, `next` and `last`, as far as they exist.
// The other parameters of `query` are kept. Pages by number end 1 000 rows deep; a cursor goes on.
std::vector<std::pair<const char*, std::string>> PageLinks(const Page& page, absl::string_view path,
                                                           absl::string_view query);

}  // namespace bitrade::gateway
