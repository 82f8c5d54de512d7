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

void WatchOverdue(rpc::Process& process, ReceiptStore& receipts, const Config& config) {
  auto overdue = std::make_shared<OverdueWatch>(
      process.config().database_url, config.registration_patience, receipts, process.clock());
  process.metrics().Gauge("bitrade_overdue_filings", "Filings not registered in time",
                          [o = overdue.get()] { return static_cast<double>(o->overdue()); });
  process.Keep(overdue);
}

absl::Status Wire(rpc::Process& process, const Config& config) {
  auto stores = std::make_shared<Stores>(process.keyring());
  auto registry = std::make_shared<RegistryClient>(process.To("registry"));
  process.Keep(stores);
  process.Keep(registry);
  access::FollowAppointments(process);
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [stores](postgres::Transaction& tx) { return Snapshot(stores->statements, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Serve(std::move(feed));
  process.Serve(std::make_unique<CompensationRateService>(process.rpc(), stores->rates));
  process.Serve(std::make_unique<CostCalculationService>(process.rpc(), stores->rates));
  process.Serve(std::make_unique<CostStatementService>(process.rpc(), *registry,
                                                       stores->Parts(config.confirmation)));
  process.Serve(std::make_unique<CostStatementAgencyService>(process.rpc(), stores->receipts));
  WatchOverdue(process, stores->receipts, config);
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
       .neighbours = {"appointments", "identity", "registry"},
       .plan = rpc::PlanOf({common_schema(), access_schema(), billing_schema()}),
       .read_settings = [&config](config::Env& env) { config = billing::LoadConfig(env); },
       .wire = [&config](rpc::Process& process) { return billing::Wire(process, config); }});
}
