// One request over HTTP as the message that its RPC takes.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/transcoding/route_table.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

// Who asks, as the gateway knows and no client says.
struct BrowserFacts {
  std::string address;            // of the connection
  absl::string_view user_agent;   // as it was sent
  std::string device_identifier;  // the same over sessions; "" for a browser that keeps none
};

// What of a request fills a message, as it was sent; "" for what is missing.
struct RequestParts {
  absl::string_view query;  // without the '?', not decoded
  absl::string_view content_type;
  absl::string_view if_match;
  absl::string_view idempotency_key;
  absl::string_view body;
  BrowserFacts browser;
};

// Fills `request`, an empty message of the route's input type. Errors: NOT_FOUND for a captured id
// that is no UUID or a segment that is no text; UNSUPPORTED_MEDIA_TYPE for a body that does not say
// it is application/json; IF_MATCH_REQUIRED and IDEMPOTENCY_KEY_REQUIRED where the message has such
// a field; MALFORMED_REQUEST with all faults of parameters ("?limit"), headers and members
// ("/work/0/minutes").
absl::Status BindRequest(const Route& route, const std::vector<Capture>& captures,
                         const RequestParts& parts, google::protobuf::Message& request);

}  // namespace bitrade::gateway
