#include "services/common/rpc/admission.h"

#include <grpcpp/server_context.h>

#include <algorithm>

#include "absl/strings/match.h"
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
constexpr char kCaseSystemPrefix[] = "case-system/";
// More is not a name.
constexpr size_t kLongestOfficer = 100;

std::string Header(const grpc::ServerContextBase& context, const char* name) {
  const auto& all = context.client_metadata();
  const auto found = all.find(name);
  return found == all.end() ? std::string()
                            : std::string(found->second.data(), found->second.size());
}

bool Matches(const Caller& caller, Role role) {
  switch (role) {
    case Role::kPublic:
      return true;
    case Role::kPerson:
      return caller.kind == CallerKind::kPerson;
    case Role::kCounsel:
      return caller.kind == CallerKind::kPerson && caller.acting_for == caller.ticket->person_id;
    case Role::kDelegate:
      return false;  // delegations come later; nobody acts for another until then
    case Role::kCaseSystem:
      return caller.kind == CallerKind::kCaseSystem;
    case Role::kService:
      return caller.kind == CallerKind::kService;
  }
  return false;
}

}  // namespace

absl::StatusOr<Caller> Admission::Identify(const grpc::ServerContextBase& context,
                                           absl::Time now) const {
  Caller caller;
  caller.process = PeerProcess(*context.auth_context(), trust_domain_);
  caller.request_id = Header(context, kRequestIdHeader);
  caller.traceparent = Header(context, kTraceparentHeader);
  const std::string ticket = Header(context, kTicketHeader);
  if (absl::StartsWith(caller.process, kCaseSystemPrefix)) {
    caller.kind = CallerKind::kCaseSystem;
    caller.officer = Header(context, kOfficerHeader).substr(0, kLongestOfficer);
  } else {
    caller.about_person = Header(context, kPersonHeader);
  }
  if (ticket.empty()) return caller;
  if (caller.process != kGateway) return Refuse(kPermissionDenied);
  ASSIGN_OR_RETURN(caller.ticket, tickets_.Verify(ticket, now));
  caller.kind = CallerKind::kPerson;
  caller.acting_for = Header(context, kActingForHeader);
  if (caller.acting_for.empty()) caller.acting_for = caller.ticket->person_id;
  return caller;
}

absl::StatusOr<Role> Admission::Authorize(const Caller& caller, const Method& method) {
  const auto ground = std::find_if(method.roles.begin(), method.roles.end(),
                                   [&caller](Role role) { return Matches(caller, role); });
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
