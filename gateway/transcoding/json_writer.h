// Messages as JSON, by a plan for each type of message that is made once: camelCase members, int64
// as text, defaults written, times in UTC, links to what can be done next. A message is written as
// it came over the wire, without making an object of it: that was half of what an answer cost.
#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
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

// An answer, and what its header fields say of it.
struct Written {
  std::string json;
  std::string etag;  // in quotation marks, for `ETag`; "" for a message without
  std::string self;  // the path of the resource, for `Location`; "" for a message without
};

// Writes the answers of all routes. Immutable after it was made; safe to share between threads.
class JsonWriter {
 public:
  // Plans the messages that `routes` answer. The table must outlive the writer.
  explicit JsonWriter(const RouteTable& routes);
  ~JsonWriter();

  // Writes an answer of type `type`, serialized. Scalars, codes and lists are written with their
  // defaults; absent messages and `optional` scalars are left out. A message with a resource path
  // has `_links`: itself, and for each RPC in `transitions` the route to it. A page (`total`,
  // `next_cursor`) has `_meta` and `_links` instead of those two. Precondition: `type` is the
  // output type of a route.
  //
  // Errors: DATA_LOSS for what is no message of that type, or a text that is no UTF-8.
  absl::StatusOr<Written> Write(const google::protobuf::Descriptor& type, absl::string_view message,
                                const Asked& asked) const;

 private:
  const JsonPlan* Plan(const google::protobuf::Descriptor* type, const RouteTable& routes);

  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<JsonPlan>> plans_;
};

}  // namespace bitrade::gateway
