#include "services/common/rpc/method.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "bitrade/options/v1/options.pb.h"

namespace bitrade::rpc {
namespace {

namespace options = ::bitrade::options::v1;

Audit AuditOf(options::Audit audit) {
  switch (audit) {
    case options::NONE:
      return Audit::kNone;
    case options::READ:
      return Audit::kRead;
    default:
      return Audit::kChange;  // what is not annotated is audited the strictest way
  }
}

Role RoleOf(int role) {
  switch (role) {
    case options::PUBLIC:
      return Role::kPublic;
    case options::PERSON:
      return Role::kPerson;
    case options::COUNSEL:
      return Role::kCounsel;
    case options::DELEGATE:
      return Role::kDelegate;
    case options::CASE_SYSTEM:
      return Role::kCaseSystem;
    default:
      return Role::kService;
  }
}

Method Describe(const google::protobuf::MethodDescriptor& method) {
  Method found;
  found.name = absl::StrCat(method.service()->full_name(), "/", method.name());
  for (const int role : method.options().GetExtension(options::access).roles()) {
    found.roles.push_back(RoleOf(role));
  }
  found.audit = AuditOf(method.options().GetExtension(options::audit));
  found.scope = method.options().GetExtension(options::scope);
  return found;
}

}  // namespace

const char* RoleName(Role role) {
  switch (role) {
    case Role::kPublic:
      return "PUBLIC";
    case Role::kPerson:
      return "PERSON";
    case Role::kCounsel:
      return "COUNSEL";
    case Role::kDelegate:
      return "DELEGATE";
    case Role::kCaseSystem:
      return "CASE_SYSTEM";
    case Role::kService:
      return "SERVICE";
  }
  return "";
}

Method FindMethod(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int s = 0; s < file.service_count(); ++s) {
    for (int m = 0; m < file.service(s)->method_count(); ++m) {
      const auto& method = *file.service(s)->method(m);
      if (method.input_type() == &request) return Describe(method);
    }
  }
  return {};
}

}  // namespace bitrade::rpc
