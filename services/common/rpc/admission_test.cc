#include "services/common/rpc/admission.h"

#include "bitrade/appointments/v1/appointment_service.pb.h"
#include "bitrade/appointments/v1/matter_agency_service.pb.h"
#include "bitrade/billing/v1/cost_statement_service.pb.h"
#include "bitrade/registry/v1/counsel_service.pb.h"
#include "bitrade/registry/v1/delegation_service.pb.h"
#include "bitrade/registry/v1/guide_service.pb.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

using appointments::v1::GetAppointmentAccessRequest;
using appointments::v1::ListAppointmentsRequest;
using appointments::v1::RegisterMatterRequest;
using testing::CodeOf;
using testing::ReasonOf;

Caller Person(const std::string& acting_for) {
  auto ticket = std::make_shared<Ticket>();
  ticket->person_id = "p";
  return {.kind = CallerKind::kPerson,
          .process = "gateway",
          .ticket = ticket,
          .acting_for = acting_for};
}

TEST_CASE("A counsel's RPC lets in a person who acts as herself", "[rpc][unit]") {
  const Method& method = MethodOf<ListAppointmentsRequest>();
  CHECK(method.name == "bitrade.appointments.v1.AppointmentService/ListAppointments");
  CHECK(method.audit == Audit::kRead);
  CHECK(Admission::Authorize(Person("p"), method).value() == Role::kCounsel);
  CHECK(CodeOf(Admission::Authorize({.kind = CallerKind::kService, .process = "gateway"},
                                    method)) == absl::StatusCode::kUnauthenticated);
  CHECK(CodeOf(Admission::Authorize({.kind = CallerKind::kCaseSystem, .process = "case-system/a"},
                                    method)) == absl::StatusCode::kPermissionDenied);
}

constexpr char kCounsel[] = "00000000-0000-7000-9000-000000000001";

TEST_CASE("Whoever acts for another is let in as a delegate where the RPC names a scope",
          "[rpc][unit]") {
  const Method& method = MethodOf<ListAppointmentsRequest>();
  CHECK(method.scope == "appointments:read");
  CHECK(Admission::Authorize(Person(kCounsel), method).value() == Role::kDelegate);
  CHECK(CodeOf(Admission::Authorize(Person("no id"), method)) ==
        absl::StatusCode::kPermissionDenied);
}

TEST_CASE("No delegate is let in where the RPC names none, or no scope", "[rpc][unit]") {
  const Method& filing = MethodOf<billing::v1::FileCostStatementRequest>();
  CHECK(CodeOf(Admission::Authorize(Person(kCounsel), filing)) ==
        absl::StatusCode::kPermissionDenied);
  Method careless = MethodOf<ListAppointmentsRequest>();
  careless.scope.clear();
  CHECK(CodeOf(Admission::Authorize(Person(kCounsel), careless)) ==
        absl::StatusCode::kPermissionDenied);
}

TEST_CASE("What no delegate may do is open to none by its contract", "[rpc][unit]") {
  const Method* const never[] = {&MethodOf<registry::v1::CreateDelegationRequest>(),
                                 &MethodOf<registry::v1::FileDelegationRequest>(),
                                 &MethodOf<registry::v1::GetCounselRequest>(),
                                 &MethodOf<billing::v1::FileCostStatementRequest>(),
                                 &MethodOf<billing::v1::GetReceiptRequest>()};
  for (const Method* method : never) {
    INFO(method->name);
    CHECK(CodeOf(Admission::Authorize(Person(kCounsel), *method)) ==
          absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE("A change by a case system names its officer", "[rpc][unit]") {
  const Method& method = MethodOf<RegisterMatterRequest>();
  Caller caller{.kind = CallerKind::kCaseSystem, .process = "case-system/a"};
  CHECK(ReasonOf(Admission::Authorize(caller, method)) == "OFFICER_REQUIRED");
  caller.officer = "officer-17";
  CHECK(Admission::Authorize(caller, method).value() == Role::kCaseSystem);
}

TEST_CASE("An internal RPC is closed to a process without a name", "[rpc][unit]") {
  const Method& method = MethodOf<GetAppointmentAccessRequest>();
  CHECK(Admission::Authorize({.process = "documents"}, method).value() == Role::kService);
  CHECK_FALSE(Admission::Authorize({.process = ""}, method).ok());
}

TEST_CASE("An internal RPC is closed to persons", "[rpc][unit]") {
  CHECK_FALSE(Admission::Authorize(Person("p"), MethodOf<GetAppointmentAccessRequest>()).ok());
  CHECK(Admission::Authorize(Person("p"), MethodOf<registry::v1::GetGuideRequest>()).value() ==
        Role::kPerson);
}

}  // namespace
}  // namespace bitrade::rpc
