// What the annotations of an RPC say. A request message belongs to one RPC, so its type is enough
// to find it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace google::protobuf {
class Descriptor;
}

namespace bitrade::rpc {

enum class Audit { kNone, kRead, kChange };
enum class Role { kPublic, kPerson, kCounsel, kDelegate, kCaseSystem, kService };
const char* RoleName(Role role);

struct Method {
  std::string name;  // "bitrade.documents.v1.DocumentService/GetDocument"
  std::vector<Role> roles;
  Audit audit = Audit::kNone;
  std::string scope;  // what a delegate must be allowed; empty where none is let in
};

// Finds the RPC of the request message `request` in its file. An RPC without annotations lets
// nobody in.
Method FindMethod(const google::protobuf::Descriptor& request);

// The RPC of a request message, found once.
template <typename Request>
const Method& MethodOf() {
  static const Method& method = *new Method(FindMethod(*Request::descriptor()));
  return method;
}

}  // namespace bitrade::rpc
