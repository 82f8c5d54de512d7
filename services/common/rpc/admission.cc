#include "services/common/rpc/admission.h"

#include <grpcpp/server_context.h>

#include <algorithm>

#include "services/common/base/id.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/tls.h"

namespace bitrade::rpc {
namespace {

const Reason kOfficerRequired{
    "OFFICER_REQUIRED",
    absl::StatusCode::kInvalidArgument,
    {"Officer missing", "A change by a case system must name its officer in bitrade-officer."},
    {"Handläggare saknas",
     "En ändring från ett ärendesystem måste ange handläggare i bitrade-officer."}};

constexpr char kGateway[] = "gateway";
// More is not a name.
constexpr size_t kLongestName = 100;

absl::string_view Header(const grpc::ServerContextBase& context, const char* name) {
  const auto& all = context.client_metadata();
  const auto found = all.find(name);
  return found == all.end() ? absl::string_view()
                            : absl::string_view(found->second.data(), found->second.size());
}

// A header as it may stand in a log, an audit row and an event: bounded, and printable ASCII.
std::string Name(absl::string_view header) {
  std::string name(header.substr(0, kLongestName));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return name;
}

// That the counsel lets this delegate do so is read with the object, in one statement.
bool MayBeDelegate(const Caller& caller, const Method& method) {
  return caller.is_delegate() && !method.scope.empty() && IsUuid(caller.acting_for);
}

bool Matches(const Caller& caller, Role role, const Method& method) {
  switch (role) {
    case Role::kPublic:
      return true;
    case Role::kPerson:
      return caller.kind == CallerKind::kPerson;
    case Role::kCounsel:
      return caller.kind == CallerKind::kPerson && caller.acting_for == caller.ticket->person_id;
    case Role::kDelegate:
      return MayBeDelegate(caller, method);
    case Role::kCaseSystem:
      return caller.kind == CallerKind::kCaseSystem;
    case Role::kService:
      return caller.kind == CallerKind::kService && !caller.process.empty();
  }
  return false;
}

}  // namespace

Caller Admission::Recognize(const grpc::ServerContextBase& context) const {
  Caller caller;
  caller.process = PeerProcess(*context.auth_context(), trust_domain_);
  caller.request_id = Name(Header(context, kRequestIdHeader));
  caller.traceparent = Name(Header(context, kTraceparentHeader));
  // Whoever comes by the gateway is no officer.
  if (caller.process != kGateway) caller.officer = Name(Header(context, kOfficerHeader));
  if (IsCaseSystem(caller.process)) {
    caller.kind = CallerKind::kCaseSystem;
  } else {
    caller.about_person = Name(Header(context, kPersonHeader));
  }
  return caller;
}

absl::Status Admission::Prove(const grpc::ServerContextBase& context, absl::Time now,
                              Caller& caller) const {
  const absl::string_view ticket = Header(context, kTicketHeader);
  if (ticket.empty()) return absl::OkStatus();
  if (caller.process != kGateway) return Refuse(kPermissionDenied);
  ASSIGN_OR_RETURN(caller.ticket, tickets_.Verify(ticket, now));
  caller.kind = CallerKind::kPerson;
  caller.acting_for = Name(Header(context, kActingForHeader));
  if (caller.acting_for.empty()) caller.acting_for = caller.ticket->person_id;
  return absl::OkStatus();
}

absl::StatusOr<Role> Admission::Authorize(const Caller& caller, const Method& method) {
  const auto ground = std::find_if(method.roles.begin(), method.roles.end(),
                                   [&](Role role) { return Matches(caller, role, method); });
  if (ground == method.roles.end()) {
    const bool for_persons = std::any_of(method.roles.begin(), method.roles.end(), [](Role role) {
      return role == Role::kPerson || role == Role::kCounsel;
    });
    return Refuse(for_persons && caller.process == kGateway && caller.ticket == nullptr
                      ? kUnauthenticated
                      : kPermissionDenied);
  }
  if (*ground == Role::kCaseSystem && method.audit == Audit::kChange && caller.officer.empty()) {
    return Refuse(kOfficerRequired);
  }
  return *ground;
}

}  // namespace bitrade::rpc
