// Billing served as its process serves it, with registry and appointments beside it, over schemas
// of their own; and the callers of an rpc test: the gateway with a counsel's ticket, a case system.
// The projection of appointments is never fresh here: every call asks the owner.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bitrade/billing/v1/calculation_service.grpc.pb.h"
#include "bitrade/billing/v1/cost_statement_agency_service.grpc.pb.h"
#include "bitrade/billing/v1/cost_statement_service.grpc.pb.h"
#include "services/appointments/testing/scene.h"
#include "services/billing/clients/registry.h"
#include "services/billing/cost_statements/changes.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/registry/counsel/store.h"
#include "services/registry/delegations/facts_store.h"
#include "services/registry/delegations/store.h"

namespace bitrade::billing::testing {

inline constexpr char kDelegate[] = "00000000-0000-7000-9000-0000000000d1";

// Identity with a database of its own.
struct Identity;

class House {
 public:
  explicit House(Confirmation confirmation = Confirmation::kAllowed);
  ~House();

  // The id of an appointment of the counsel who logs in first.
  const std::string& appointment() const { return appointment_; }
  bitrade::testing::Database& database() { return billing_database_; }
  std::string MetricsText() { return billing_.rpc().parts().metrics.Text(); }

  // From now on the gateway brings the ticket of `person_id`; "" for nobody's.
  void LogIn(const std::string& person_id);
  // The counsel who logs in first lets kDelegate do this; and from now on that person acts for her.
  void LetDelegate(const std::vector<std::string>& scopes);
  void LogInDelegate();
  // The appointment, and what was filed in it, go out of sight at these instants.
  void EndSight(absl::Time appointment, absl::Time filings);
  // The signatures that identity knows: of the counsel who logs in first, as the collector would
  // end them.
  void Sign(const std::string& signature_id);
  // Appoints the counsel who logs in first in another matter; returns the appointment's id.
  std::string AppointAgain();
  // From now on appointments does not answer.
  void StopAppointments() { appointments_.Stop(); }

  // What a counsel does through the gateway.
  absl::StatusOr<v1::CostStatement> Draft(const v1::CalculationInput& input,
                                          const std::string& key);
  absl::StatusOr<v1::CostStatement> DraftIn(const std::string& appointment,
                                            const v1::CalculationInput& input,
                                            const std::string& key);
  absl::StatusOr<v1::CostStatement> Get(const std::string& id);
  absl::StatusOr<v1::ListCostStatementsResponse> List();
  absl::StatusOr<v1::CostStatement> Update(const v1::UpdateCostStatementRequest& request);
  absl::StatusOr<google::protobuf::Empty> Delete(const v1::CostStatement& statement);
  absl::StatusOr<v1::CostStatement> File(const v1::CostStatement& statement,
                                         const std::string& key);
  absl::StatusOr<type::v1::SignatureRequest> RequestSignature(
      const v1::CostStatement& statement, const std::string& key,
      type::v1::SigningMethod method = type::v1::MOBILE_BANKID);
  absl::StatusOr<v1::CostStatement> FileSigned(const v1::CostStatement& statement,
                                               const std::string& signature_id,
                                               const std::string& key);
  absl::StatusOr<v1::Receipt> GetReceipt(const std::string& id);
  absl::StatusOr<v1::CalculationResult> Calculate(const v1::CalculationInput& input);
  absl::StatusOr<v1::ListCompensationRatesResponse> Rates(
      const v1::ListCompensationRatesRequest& request);

  // What a case system does.
  absl::StatusOr<v1::ListUnregisteredResponse> Unregistered(const std::string& cursor = "",
                                                            int limit = 20);
  absl::StatusOr<v1::CostStatement> Acknowledge(const std::string& id, const std::string& sha256,
                                                const std::string& diary_number);

 private:
  bitrade::testing::FakeClock clock_;
  rpc::testing::Keys keys_;
  bitrade::testing::Database registry_database_, billing_database_;
  appointments::testing::Scene scene_;
  std::string appointment_;
  registry::CounselStore counsel_;
  rpc::testing::Server registry_;
  registry::DelegationStore delegations_;
  registry::DelegationFactsStore delegation_facts_;
  rpc::testing::Server appointments_, billing_;
  std::unique_ptr<rpc::Neighbour> to_registry_, to_appointments_;
  std::unique_ptr<RegistryClient> facts_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<Stores> stores_;
  rpc::testing::Client gateway_, agency_;
  std::unique_ptr<v1::CostStatementService::Stub> statements_;
  std::unique_ptr<v1::CostCalculationService::Stub> calculations_;
  std::unique_ptr<v1::CompensationRateService::Stub> rates_;
  std::unique_ptr<v1::CostStatementAgencyService::Stub> taking_over_;
};

// A claim that comes to 21 113 kronor in March 2026 with F-tax and VAT, as domain.md works it out.
v1::CalculationInput ExampleClaim();

}  // namespace bitrade::billing::testing
