#include "services/billing/testing/house.h"

#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "migrations/access_schema.h"
#include "migrations/billing_schema.h"
#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "migrations/registry_schema.h"
#include "services/appointments/appointments/service.h"
#include "services/billing/calculations/service.h"
#include "services/billing/cost_statements/agency_service.h"
#include "services/billing/cost_statements/service.h"
#include "services/billing/rates/service.h"
#include "services/common/access/delegations/follow.h"
#include "services/common/access/follow.h"
#include "services/common/postgres/values.h"
#include "services/identity/testing/signer.h"
#include "services/registry/counsel/service.h"
#include "services/registry/delegations/access_service.h"
#include "services/registry/testing/delegations.h"

namespace bitrade::billing::testing {

struct Identity {
  Identity(const rpc::testing::Keys& keys, const Clock& clock)
      : database(rpc::PlanOf({common_schema(), identity_schema()})),
        server(keys, {"identity", database.conninfo()}, clock),
        signer(server, database) {
    signer.Know(appointments::testing::Astrid().text());
    server.Start();
    neighbour = std::make_unique<rpc::Neighbour>(
        "identity", server.address(), keys.TlsOf("billing"),
        rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
    client = std::make_unique<signing::Client>(*neighbour);
  }

  bitrade::testing::Database database;
  rpc::testing::Server server;
  identity::testing::Signer signer;
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<signing::Client> client;
};

namespace {

using appointments::testing::Astrid;
using appointments::testing::kNow;

const rpc::NeighbourLimits kPatient{.deadline = std::chrono::seconds(20)};

void Require(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

registry::Counsel Counsel(const appointments::CounselId& id) {
  registry::Counsel counsel{.id = registry::CounselId::Trusted(id.text()),
                            .details = {},
                            .create_time = kNow,
                            .update_time = kNow};
  counsel.details.name = "Astrid Exempelsson";
  counsel.details.protection = registry::ProtectionLevel::kSecrecyMarker;
  counsel.details.agency_channel = "offentligabitraden@agency.example";
  counsel.details.f_tax = true;
  counsel.details.vat_number = "SE556000000101";
  return counsel;
}

const std::string& Started(rpc::testing::Server& server) {
  server.Start();
  return server.address();
}

const std::string& WithFacts(rpc::testing::Server& server, registry::CounselStore& store,
                             registry::DelegationFactsStore& delegations,
                             bitrade::testing::Database& database) {
  Require(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    store.Insert(tx, Counsel(Astrid()));
    store.Insert(tx, Counsel(appointments::testing::OtherCounsel()));
    return absl::OkStatus();
  }));
  server.Serve(std::make_unique<registry::CounselFactsService>(server.rpc(), store));
  server.Serve(std::make_unique<registry::AccessService>(server.rpc(), delegations));
  return Started(server);
}

const std::string& WithAccess(rpc::testing::Server& server, appointments::Stores& stores) {
  server.Serve(std::make_unique<appointments::AccessService>(server.rpc(), stores.appointments,
                                                             stores.parties));
  return Started(server);
}

const rpc::testing::Server& Furnished(rpc::testing::Server& server, RegistryClient& facts,
                                      signing::Client& signatures, Stores& stores,
                                      Confirmation confirmation) {
  server.Serve(std::make_unique<CompensationRateService>(server.rpc(), stores.rates));
  server.Serve(std::make_unique<CostCalculationService>(server.rpc(), stores.rates));
  server.Serve(std::make_unique<CostStatementService>(server.rpc(), facts, signatures,
                                                      stores.Parts(confirmation)));
  server.Serve(std::make_unique<CostStatementAgencyService>(server.rpc(), stores.receipts,
                                                            stores.claimed, server.policy()));
  server.Start();
  return server;
}

}  // namespace

House::House(Confirmation confirmation)
    : clock_(kNow),
      registry_database_(rpc::PlanOf({common_schema(), registry_schema()})),
      billing_database_(rpc::PlanOf({common_schema(), access_schema(), billing_schema()})),
      appointment_(scene_.Appointed({}).id.text()),
      registry_(keys_, {"registry", registry_database_.conninfo()}, clock_),
      delegations_(registry_.keyring()),
      appointments_(keys_, {"appointments", scene_.database().conninfo()}, clock_),
      billing_(keys_, {"billing", billing_database_.conninfo()}, clock_),
      to_registry_(std::make_unique<rpc::Neighbour>(
          "registry", WithFacts(registry_, counsel_, delegation_facts_, registry_database_),
          keys_.TlsOf("billing"), kPatient)),
      to_appointments_(std::make_unique<rpc::Neighbour>("appointments",
                                                        WithAccess(appointments_, scene_.stores()),
                                                        keys_.TlsOf("billing"), kPatient)),
      facts_(std::make_unique<RegistryClient>(*to_registry_)),
      identity_(std::make_unique<Identity>(keys_, clock_)),
      stores_(std::make_unique<Stores>(billing_.keyring())),
      gateway_(keys_, Furnished(billing_, *facts_, *identity_->client, *stores_, confirmation),
               "gateway"),
      agency_(keys_, billing_, "case-system/journey"),
      statements_(v1::CostStatementService::NewStub(gateway_.channel())),
      calculations_(v1::CostCalculationService::NewStub(gateway_.channel())),
      rates_(v1::CompensationRateService::NewStub(gateway_.channel())),
      taking_over_(v1::CostStatementAgencyService::NewStub(agency_.channel())) {
  billing_.AskWith(access::WithDelegations(access::AskerOf(*to_appointments_), *to_registry_));
  LogIn(Astrid().text());
}

House::~House() = default;

void House::Sign(const std::string& signature_id) { identity_->signer.Sign(signature_id, kNow); }

absl::StatusOr<type::v1::SignatureRequest> House::RequestSignature(
    const v1::CostStatement& statement, const std::string& key, type::v1::SigningMethod method) {
  v1::CreateSignatureRequestRequest request;
  request.set_id(statement.id());
  request.set_etag(statement.etag());
  request.set_idempotency_key(key);
  request.set_method(method);
  request.set_start(method == type::v1::TELIA ? type::v1::SAME_DEVICE : type::v1::OTHER_DEVICE);
  request.mutable_browser()->set_address("192.0.2.1");
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::CreateSignatureRequest,
                       request);
}

absl::StatusOr<v1::CostStatement> House::FileSigned(const v1::CostStatement& statement,
                                                    const std::string& signature_id,
                                                    const std::string& key) {
  v1::FileCostStatementRequest request;
  request.set_id(statement.id());
  request.set_signature_id(signature_id);
  request.set_etag(statement.etag());
  request.set_idempotency_key(key);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::FileCostStatement, request);
}

void House::LogIn(const std::string& person_id) {
  gateway_.BringTicket(person_id.empty() ? "" : keys_.TicketFor(person_id, kNow));
  gateway_.ActFor("");
}

void House::LetDelegate(const std::vector<std::string>& scopes) {
  registry::testing::LetDelegate(registry_database_, delegations_,
                                 {Astrid().text(), kDelegate, scopes}, kNow);
}

void House::LogInDelegate() {
  LogIn(kDelegate);
  gateway_.ActFor(Astrid().text());
}

void House::EndSight(absl::Time appointment, absl::Time filings) {
  scene_.database().Run(
      absl::StrCat("UPDATE appointment SET version = version + 1, visible_until = '",
                   postgres::TimeParam(appointment), "', filings_visible_until = '",
                   postgres::TimeParam(filings), "' WHERE id = '", appointment_, "'"));
}

absl::StatusOr<v1::CostStatement> House::Draft(const v1::CalculationInput& input,
                                               const std::string& key) {
  return DraftIn(appointment_, input, key);
}

std::string House::AppointAgain() { return scene_.Appointed({}).id.text(); }

absl::StatusOr<v1::CostStatement> House::DraftIn(const std::string& appointment,
                                                 const v1::CalculationInput& input,
                                                 const std::string& key) {
  v1::CreateCostStatementRequest request;
  request.set_appointment_id(appointment);
  *request.mutable_input() = input;
  request.set_idempotency_key(key);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::CreateCostStatement, request);
}

absl::StatusOr<v1::CostStatement> House::Get(const std::string& id) {
  v1::GetCostStatementRequest request;
  request.set_id(id);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::GetCostStatement, request);
}

absl::StatusOr<v1::ListCostStatementsResponse> House::List() {
  v1::ListCostStatementsRequest request;
  request.set_appointment_id(appointment_);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::ListCostStatements, request);
}

absl::StatusOr<v1::CostStatement> House::Update(const v1::UpdateCostStatementRequest& request) {
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::UpdateCostStatement, request);
}

absl::StatusOr<google::protobuf::Empty> House::Delete(const v1::CostStatement& statement) {
  v1::DeleteCostStatementRequest request;
  request.set_id(statement.id());
  request.set_etag(statement.etag());
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::DeleteCostStatement, request);
}

absl::StatusOr<v1::CostStatement> House::File(const v1::CostStatement& statement,
                                              const std::string& key) {
  v1::FileCostStatementRequest request;
  request.set_id(statement.id());
  request.set_etag(statement.etag());
  request.set_idempotency_key(key);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::FileCostStatement, request);
}

absl::StatusOr<v1::Receipt> House::GetReceipt(const std::string& id) {
  v1::GetReceiptRequest request;
  request.set_cost_statement_id(id);
  return gateway_.Call(*statements_, &v1::CostStatementService::Stub::GetReceipt, request);
}

absl::StatusOr<v1::CalculationResult> House::Calculate(const v1::CalculationInput& input) {
  v1::CreateCostCalculationRequest request;
  *request.mutable_input() = input;
  return gateway_.Call(*calculations_, &v1::CostCalculationService::Stub::CreateCostCalculation,
                       request);
}

absl::StatusOr<v1::ListCompensationRatesResponse> House::Rates(
    const v1::ListCompensationRatesRequest& request) {
  return gateway_.Call(*rates_, &v1::CompensationRateService::Stub::ListCompensationRates, request);
}

absl::StatusOr<v1::ListUnregisteredResponse> House::Unregistered(const std::string& cursor,
                                                                 int limit) {
  v1::ListUnregisteredRequest request;
  request.set_cursor(cursor);
  request.set_limit(limit);
  return agency_.Call(*taking_over_, &v1::CostStatementAgencyService::Stub::ListUnregistered,
                      request);
}

absl::StatusOr<v1::CostStatement> House::Acknowledge(const std::string& id,
                                                     const std::string& sha256,
                                                     const std::string& diary_number) {
  v1::AcknowledgeRequest request;
  request.set_cost_statement_id(id);
  request.set_manifest_sha256(sha256);
  request.set_diary_number(diary_number);
  return agency_.Call(*taking_over_, &v1::CostStatementAgencyService::Stub::Acknowledge, request);
}

v1::CalculationInput ExampleClaim() {
  v1::CalculationInput input;
  input.set_instance("FIRST");
  input.set_work_began_date("2026-02-02");
  v1::Work& work = *input.add_work();
  work.set_date("2026-02-03");
  work.set_minutes(530);
  work.set_text("Genomgång av handlingar");
  v1::TimeLoss& loss = *input.add_time_loss();
  loss.mutable_start_time()->set_seconds(1'770'192'000);  // 2026-02-04T08:00:00Z
  loss.mutable_end_time()->set_seconds(1'770'192'000 + 90 * 60);
  v1::Disbursement& outlay = *input.add_disbursements();
  outlay.set_date("2026-02-04");
  outlay.set_type("TRAVEL");
  outlay.set_amount_ore(29'600);
  return input;
}

}  // namespace bitrade::billing::testing
