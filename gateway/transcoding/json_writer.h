// Messages as JSON, by a plan for each type of message that is made once: camelCase members, int64
// as text, defaults written, times in UTC, links to what can be done next.
#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gateway/transcoding/route_table.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

struct JsonPlan;

// What was asked for, as far as the links of a page repeat it.
struct Asked {
  const google::protobuf::Message& request;
  absl::string_view path;   // as it was sent
  absl::string_view query;  // as it was sent and bound, without the '?'
};

// Writes the answers of all routes. Immutable after it was made; safe to share between threads.
class JsonWriter {
 public:
  // Plans the messages that `routes` answer. The table must outlive the writer.
  explicit JsonWriter(const RouteTable& routes);
  ~JsonWriter();

  // Writes an answer. Scalars, codes and lists are written with their defaults; absent messages and
  // `optional` scalars are left out. A message with a resource path has `_links`: itself, and for
  // each RPC in `transitions` the route to it. A page (`total`, `next_cursor`) has `_meta` and
  // `_links` instead of those two. Precondition: `answer` is of the output type of a route.
  std::string Write(const google::protobuf::Message& answer, const Asked& asked) const;

  // Returns the value of the header `ETag`, in quotation marks; "" for a message without.
  std::string EtagOf(const google::protobuf::Message& answer) const;

  // Returns the path of the resource itself, for `Location`; "" for a message without.
  std::string SelfOf(const google::protobuf::Message& answer) const;

 private:
  const JsonPlan* Plan(const google::protobuf::Descriptor* type, const RouteTable& routes);

  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<JsonPlan>> plans_;
};

}  // namespace bitrade::gateway
