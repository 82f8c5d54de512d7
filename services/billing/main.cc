// Rates, calculations and cost statements as a process.
#include "migrations/access_schema.h"
#include "migrations/billing_schema.h"
#include "migrations/common_schema.h"
#include "services/billing/calculations/service.h"
#include "services/billing/config.h"
#include "services/billing/cost_statements/agency_service.h"
#include "services/billing/cost_statements/overdue.h"
#include "services/billing/cost_statements/service.h"
#include "services/billing/rates/service.h"
#include "services/billing/snapshot.h"
#include "services/common/access/follow.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"

namespace bitrade::billing {
namespace {

// Stores and clients, which the services refer to.
struct Parts {
  explicit Parts(rpc::Process& process)
      : statements(process.keyring()),
        receipts(process.keyring()),
        registry(process.To("registry")) {}
  CostStatementStore statements;
  ReceiptStore receipts;
  RateStore rates;
  RegistryClient registry;
};

void ServeAgency(rpc::Process& process, Parts& parts, const Config& config) {
  auto agency = std::make_unique<CostStatementAgencyService>(process.rpc(), parts.receipts);
  auto overdue = std::make_shared<OverdueWatch>(
      process.config().database_url, config.registration_patience, parts.receipts, process.clock());
  process.metrics().Gauge("bitrade_wrong_digests", "Acknowledgements with another digest",
                          [a = agency.get()] { return static_cast<double>(a->wrong_digests()); });
  process.metrics().Gauge("bitrade_overdue_filings", "Filings not registered in time",
                          [o = overdue.get()] { return static_cast<double>(o->overdue()); });
  process.Keep(overdue);
  process.Serve(std::move(agency));
}

absl::Status Wire(rpc::Process& process, const Config& config) {
  auto parts = std::make_shared<Parts>(process);
  process.Keep(parts);
  access::FollowAppointments(process);
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [parts](postgres::Transaction& tx) { return Snapshot(parts->statements, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Serve(std::move(feed));
  process.Serve(std::make_unique<CompensationRateService>(process.rpc(), parts->rates));
  process.Serve(std::make_unique<CostCalculationService>(process.rpc(), parts->rates));
  process.Serve(std::make_unique<CostStatementService>(
      process.rpc(), CostStatementParts{parts->statements, parts->receipts, parts->rates,
                                        parts->registry, config.confirmation}));
  ServeAgency(process, *parts, config);
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::billing

int main(int argc, char** argv) {
  using namespace bitrade;
  billing::Config config;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "billing",
       .neighbours = {"appointments", "registry"},
       .plan = rpc::PlanOf({common_schema(), access_schema(), billing_schema()}),
       .read_settings = [&config](config::Env& env) { config = billing::LoadConfig(env); },
       .wire = [&config](rpc::Process& process) { return billing::Wire(process, config); }});
}
