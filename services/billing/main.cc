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

absl::Status Wire(rpc::Process& process, const Config& config) {
  auto stores = std::make_shared<Stores>(process.keyring());
  auto clients = std::make_shared<std::pair<RegistryClient, signing::Client>>(
      process.To("registry"), process.To("identity"));
  process.Keep(stores);
  process.Keep(clients);
  access::FollowAppointments(process);
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [stores](postgres::Transaction& tx) { return Snapshot(stores->statements, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Serve(std::move(feed));
  process.Serve(std::make_unique<CompensationRateService>(process.rpc(), stores->rates));
  process.Serve(std::make_unique<CostCalculationService>(process.rpc(), stores->rates));
  process.Serve(std::make_unique<CostStatementService>(
      process.rpc(), clients->first, clients->second, stores->Parts(config.confirmation)));
  process.Serve(std::make_unique<CostStatementAgencyService>(process.rpc(), stores->receipts,
                                                             stores->claimed, process.policy()));
  WatchOverdue(process, stores->receipts, config.registration_patience);
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
