// The parameters of a query, by the fields that they fill.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/transcoding/route_table.h"
#include "services/common/error/error.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

struct QueryParameter {
  std::string name;
  std::string value;
};

// Splits a query and decodes percent escapes and '+'. Returns nullopt for a broken escape or bytes
// that are no UTF-8.
std::optional<std::vector<QueryParameter>> SplitQuery(absl::string_view query);

// Tells whether the request has the field from its query: not from path, body or headers, and not
// an object.
bool IsQueryField(const Route& route, const google::protobuf::FieldDescriptor& field);

// Fills `request` from the query and adds to `violations` every parameter that is unknown,
// repeated though its field is not, or that does not fit its field, as "?name". On the way back
// from elsewhere, to an RPC that answers 303, an unknown one is passed over.
void BindQuery(const Route& route, absl::string_view query, google::protobuf::Message& request,
               std::vector<Violation>& violations);

}  // namespace bitrade::gateway
