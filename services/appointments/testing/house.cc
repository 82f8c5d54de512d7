#include "services/appointments/testing/house.h"

#include <atomic>
#include <stdexcept>

#include "absl/strings/str_format.h"
#include "migrations/registry_schema.h"
#include "services/appointments/appointments/agency_service.h"
#include "services/appointments/appointments/service.h"
#include "services/appointments/availability/service.h"
#include "services/appointments/matters/service.h"
#include "services/appointments/testing/scene.h"
#include "services/common/access/delegations/follow.h"
#include "services/registry/counsel/service.h"
#include "services/registry/delegations/access_service.h"
#include "services/registry/testing/delegations.h"

namespace bitrade::appointments::testing {
namespace {

// Source ids and matter numbers are taken once.
int Next() {
  static std::atomic<int> last{0};
  return ++last;
}

rpc::testing::Server& Started(rpc::testing::Server& server) {
  server.Start();
  return server;
}

// Nothing by which she could be found matters here.
registry::Counsel CounselOf(const CounselId& id) {
  registry::Counsel counsel{.id = registry::CounselId::Trusted(id.text()),
                            .details = {},
                            .create_time = kNow,
                            .update_time = kNow};
  counsel.details.name = "Astrid Exempelsson";
  counsel.details.protection = registry::ProtectionLevel::kSecrecyMarker;
  counsel.details.agency_channel = "offentligabitraden@agency.example";
  return counsel;
}

void Require(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// The server with all that appointments serves.
rpc::testing::Server& Furnished(rpc::testing::Server& server, Stores& stores,
                                RegistryClient& registry, rpc::Neighbour& neighbour,
                                const Clock& clock) {
  server.AskWith(
      access::WithDelegations(AskRegistry(registry, stores.availability, clock), neighbour));
  server.Serve(std::make_unique<AppointmentService>(server.rpc(), stores.appointments));
  server.Serve(std::make_unique<AccessService>(server.rpc(), stores.appointments, stores.parties));
  server.Serve(std::make_unique<AvailabilityService>(server.rpc(), stores.availability));
  server.Serve(
      std::make_unique<AppointmentAgencyService>(server.rpc(), stores, registry, server.policy()));
  server.Serve(std::make_unique<MatterAgencyService>(server.rpc(), stores, server.policy()));
  return Started(server);
}

rpc::testing::Server& RegistryOf(rpc::testing::Server& server, registry::CounselStore& store,
                                 registry::DelegationFactsStore& delegations,
                                 bitrade::testing::Database& database) {
  for (const CounselId& id : {Astrid(), OtherCounsel()}) {
    Require(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      store.Insert(tx, CounselOf(id));
      return absl::OkStatus();
    }));
  }
  server.Serve(std::make_unique<registry::CounselFactsService>(server.rpc(), store));
  server.Serve(std::make_unique<registry::AccessService>(server.rpc(), delegations));
  return Started(server);
}

}  // namespace

House::House()
    : clock_(kNow),
      registry_database_(rpc::PlanOf({common_schema(), registry_schema()})),
      appointments_database_(
          rpc::PlanOf({common_schema(), access_delegation_schema(), appointments_schema()})),
      counsel_(std::make_unique<registry::CounselStore>()),
      registry_(keys_, {"registry", registry_database_.conninfo()}, clock_),
      delegations_(std::make_unique<registry::DelegationStore>(registry_.keyring())),
      facts_(std::make_unique<registry::DelegationFactsStore>()),
      neighbour_(std::make_unique<rpc::Neighbour>(
          "registry", RegistryOf(registry_, *counsel_, *facts_, registry_database_).address(),
          keys_.TlsOf("appointments"), rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)})),
      client_(std::make_unique<RegistryClient>(*neighbour_)),
      appointments_(keys_, {"appointments", appointments_database_.conninfo()}, clock_),
      stores_(std::make_unique<Stores>(appointments_.keyring())),
      agency_(keys_, Furnished(appointments_, *stores_, *client_, *neighbour_, clock_),
              "case-system/journey"),
      gateway_(keys_, appointments_, "gateway"),
      documents_(keys_, appointments_, "documents"),
      matters_(v1::MatterAgencyService::NewStub(agency_.channel())),
      appointing_(v1::AppointmentAgencyService::NewStub(agency_.channel())),
      seeing_(v1::AppointmentService::NewStub(gateway_.channel())),
      availability_(v1::AvailabilityService::NewStub(gateway_.channel())),
      access_(v1::AccessService::NewStub(documents_.channel())) {
  LogIn(Astrid().text());
}

House::~House() = default;

void House::LogIn(const std::string& person_id) {
  gateway_.BringTicket(keys_.TicketFor(person_id, kNow));
  gateway_.ActFor("");
}

void House::LogInDelegate() {
  LogIn(kDelegate);
  gateway_.ActFor(Astrid().text());
}

void House::LetDelegate(const std::vector<std::string>& scopes) {
  registry::testing::LetDelegate(registry_database_, *delegations_,
                                 {Astrid().text(), kDelegate, scopes}, kNow);
}

void House::CallAsPolice() {
  agency_ = rpc::testing::Client(keys_, appointments_, "case-system/other");
  matters_ = v1::MatterAgencyService::NewStub(agency_.channel());
  appointing_ = v1::AppointmentAgencyService::NewStub(agency_.channel());
}

absl::StatusOr<v1::Matter> House::Register(const v1::RegisterMatterRequest& request) {
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::RegisterMatter, request);
}

absl::StatusOr<v1::Applicant> House::Raise(const v1::RaiseProtectionRequest& request) {
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::RaiseProtection, request);
}

absl::StatusOr<v1::Appointment> House::Appoint(const v1::AppointRequest& request) {
  return agency_.Call(*appointing_, &v1::AppointmentAgencyService::Stub::Appoint, request);
}

absl::StatusOr<v1::Appointment> House::Release(const std::string& appointment_id,
                                               const std::string& date) {
  v1::ReleaseRequest request;
  request.set_appointment_id(appointment_id);
  request.set_reason("Byte av ort");
  request.set_released_date(date);
  return agency_.Call(*appointing_, &v1::AppointmentAgencyService::Stub::Release, request);
}

absl::StatusOr<v1::Decision> House::Decide(const v1::Matter& matter, int applicant,
                                           v1::Decision::Kind kind, const std::string& counsel_id) {
  v1::RecordDecisionRequest request;
  request.set_counsel_id(counsel_id);
  request.set_source_id(absl::StrFormat("decision-%d", Next()));
  request.set_matter_id(matter.id());
  request.set_applicant_id(matter.applicants(applicant).id());
  request.set_kind(kind);
  request.set_decided_date("2025-06-02");
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::RecordDecision, request);
}

absl::StatusOr<v1::ConflictOfInterest> House::Oppose(const v1::Matter& matter, int one, int other) {
  v1::RecordConflictOfInterestRequest request;
  request.set_source_id(absl::StrFormat("conflict-%d", Next()));
  request.set_matter_id(matter.id());
  request.set_applicant_id(matter.applicants(one).id());
  request.set_opposed_applicant_id(matter.applicants(other).id());
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::RecordConflictOfInterest, request);
}

absl::StatusOr<v1::ConflictOfInterest> House::Withdraw(const std::string& conflict_id) {
  v1::WithdrawConflictOfInterestRequest request;
  request.set_id(conflict_id);
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::WithdrawConflictOfInterest,
                      request);
}

absl::StatusOr<v1::ListFlaggedAppointmentsResponse> House::ListFlagged(const std::string& cursor,
                                                                       int limit) {
  v1::ListFlaggedAppointmentsRequest request;
  request.set_limit(limit);
  request.set_cursor(cursor);
  return agency_.Call(*appointing_, &v1::AppointmentAgencyService::Stub::ListFlaggedAppointments,
                      request);
}

absl::StatusOr<v1::Decision> House::GainLegalForce(const std::string& decision_id,
                                                   const std::string& date) {
  v1::RecordLegalForceRequest request;
  request.set_decision_id(decision_id);
  request.set_legal_force_date(date);
  return agency_.Call(*matters_, &v1::MatterAgencyService::Stub::RecordLegalForce, request);
}

absl::StatusOr<v1::ListAppointmentsResponse> House::List() {
  return gateway_.Call(*seeing_, &v1::AppointmentService::Stub::ListAppointments,
                       v1::ListAppointmentsRequest());
}

absl::StatusOr<v1::Appointment> House::Get(const std::string& id) {
  v1::GetAppointmentRequest request;
  request.set_id(id);
  return gateway_.Call(*seeing_, &v1::AppointmentService::Stub::GetAppointment, request);
}

absl::StatusOr<v1::Availability> House::GetAvailability() {
  return gateway_.Call(*availability_, &v1::AvailabilityService::Stub::GetAvailability,
                       v1::GetAvailabilityRequest());
}

absl::StatusOr<v1::Availability> House::SetAvailability(v1::Availability::Status status,
                                                        const std::string& etag) {
  v1::UpdateAvailabilityRequest request;
  request.set_status(status);
  request.set_etag(etag);
  return gateway_.Call(*availability_, &v1::AvailabilityService::Stub::UpdateAvailability, request);
}

absl::StatusOr<v1::AppointmentAccess> House::Access(const std::string& appointment_id) {
  v1::GetAppointmentAccessRequest request;
  request.set_appointment_id(appointment_id);
  return documents_.Call(*access_, &v1::AccessService::Stub::GetAppointmentAccess, request);
}

v1::RegisterMatterRequest MatterOf(const std::vector<std::string>& names) {
  const int number = Next();
  v1::RegisterMatterRequest request;
  request.set_source_id(absl::StrFormat("matter-%d", number));
  request.set_matter_number(absl::StrFormat("12-%06d", number));
  request.set_category("ASYLUM_ADULT");
  request.set_authority("MIGRATION_AGENCY");
  request.set_instance("FIRST");
  request.set_handling(v1::DIGITAL);
  for (const std::string& name : names) {
    v1::Applicant& applicant = *request.add_applicants();
    applicant.set_name(name);
    applicant.set_protection_level(v1::UNPROTECTED);
    applicant.mutable_contact()->set_phone("+46701740605");
  }
  return request;
}

v1::AppointRequest AppointmentIn(const v1::Matter& matter) {
  v1::AppointRequest request;
  request.set_source_id(absl::StrFormat("appointment-%d", Next()));
  request.set_matter_id(matter.id());
  request.set_counsel_id(Astrid().text());
  for (const v1::Applicant& applicant : matter.applicants()) {
    request.add_applicant_ids(applicant.id());
  }
  request.set_appointed_date("2025-06-01");
  return request;
}

}  // namespace bitrade::appointments::testing
