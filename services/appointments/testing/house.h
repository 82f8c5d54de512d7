// Registry and appointments, each served as its process serves it, over schemas of their own; with
// the callers of an rpc test: a case system, the gateway with a counsel's ticket, documents.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bitrade/appointments/v1/appointment_agency_service.grpc.pb.h"
#include "bitrade/appointments/v1/appointment_service.grpc.pb.h"
#include "bitrade/appointments/v1/availability_service.grpc.pb.h"
#include "bitrade/appointments/v1/matter_agency_service.grpc.pb.h"
#include "services/appointments/clients/registry.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::registry {
class CounselStore;
class DelegationFactsStore;
class DelegationStore;
}  // namespace bitrade::registry

namespace bitrade::appointments::testing {

class House {
 public:
  House();
  ~House();

  bitrade::testing::Database& database() { return appointments_database_; }
  bitrade::testing::Database& registry_database() { return registry_database_; }

  // What a case system does.
  absl::StatusOr<v1::Matter> Register(const v1::RegisterMatterRequest& request);
  absl::StatusOr<v1::Applicant> Raise(const v1::RaiseProtectionRequest& request);
  absl::StatusOr<v1::Appointment> Appoint(const v1::AppointRequest& request);
  absl::StatusOr<v1::Appointment> Release(const std::string& appointment_id,
                                          const std::string& date);
  absl::StatusOr<v1::Decision> Decide(const v1::Matter& matter, int applicant,
                                      v1::Decision::Kind kind, const std::string& counsel_id = "");
  absl::StatusOr<v1::ConflictOfInterest> Oppose(const v1::Matter& matter, int one, int other);
  absl::StatusOr<v1::ConflictOfInterest> Withdraw(const std::string& conflict_id);
  absl::StatusOr<v1::ListFlaggedAppointmentsResponse> ListFlagged(const std::string& cursor,
                                                                  int limit = 20);
  absl::StatusOr<v1::Decision> GainLegalForce(const std::string& decision_id,
                                              const std::string& date);

  // From now on it is the police's case system, whose matters are its own.
  void CallAsPolice();

  // What a counsel does through the gateway.
  absl::StatusOr<v1::ListAppointmentsResponse> List();
  absl::StatusOr<v1::Appointment> Get(const std::string& id);
  absl::StatusOr<v1::Availability> GetAvailability();
  absl::StatusOr<v1::Availability> SetAvailability(v1::Availability::Status status,
                                                   const std::string& etag);
  // From now on the gateway brings the ticket of `person_id`.
  void LogIn(const std::string& person_id);
  // The counsel who logs in first lets kDelegate do this; and from now on that person acts for her.
  // The projection of delegations is never fresh here: every call asks registry.
  void LetDelegate(const std::vector<std::string>& scopes);
  void LogInDelegate();
  // From now on registry does not answer.
  void StopRegistry() { registry_.Stop(); }

  // What services after this one ask.
  absl::StatusOr<v1::AppointmentAccess> Access(const std::string& appointment_id);

  const rpc::testing::Client& agency() const { return agency_; }

 private:
  bitrade::testing::FakeClock clock_;
  rpc::testing::Keys keys_;
  bitrade::testing::Database registry_database_, appointments_database_;
  std::unique_ptr<registry::CounselStore> counsel_;
  rpc::testing::Server registry_;
  std::unique_ptr<registry::DelegationStore> delegations_;
  std::unique_ptr<registry::DelegationFactsStore> facts_;
  std::unique_ptr<rpc::Neighbour> neighbour_;
  std::unique_ptr<RegistryClient> client_;
  rpc::testing::Server appointments_;
  std::unique_ptr<Stores> stores_;
  rpc::testing::Client agency_, gateway_, documents_;
  std::unique_ptr<v1::MatterAgencyService::Stub> matters_;
  std::unique_ptr<v1::AppointmentAgencyService::Stub> appointing_;
  std::unique_ptr<v1::AppointmentService::Stub> seeing_;
  std::unique_ptr<v1::AvailabilityService::Stub> availability_;
  std::unique_ptr<v1::AccessService::Stub> access_;
};

inline constexpr char kDelegate[] = "00000000-0000-7000-9000-0000000000d1";

// A digital matter with `names` as applicants who can be reached, under a number and source id of
// its own.
v1::RegisterMatterRequest MatterOf(const std::vector<std::string>& names);
// All applicants of `matter` for the counsel who logs in first, under a source id of its own.
v1::AppointRequest AppointmentIn(const v1::Matter& matter);

}  // namespace bitrade::appointments::testing
