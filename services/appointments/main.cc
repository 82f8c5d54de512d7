// Appointments of counsel as a process.
#include "migrations/access_delegation_schema.h"
#include "migrations/appointments_schema.h"
#include "migrations/common_schema.h"
#include "services/appointments/appointments/agency_service.h"
#include "services/appointments/appointments/service.h"
#include "services/appointments/availability/service.h"
#include "services/appointments/matters/service.h"
#include "services/appointments/registry_news.h"
#include "services/appointments/snapshot.h"
#include "services/common/access/delegations/follow.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"

namespace bitrade::appointments {
namespace {

absl::Status Wire(rpc::Process& process) {
  auto registry = std::make_shared<RegistryClient>(process.To("registry"));
  auto stores = std::make_shared<Stores>(process.keyring());
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [stores](postgres::Transaction& tx) { return Snapshot(*stores, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Keep(registry);
  process.Keep(stores);
  process.AskWith(access::WithDelegations(
      AskRegistry(*registry, stores->availability, process.clock()), process.To("registry")));
  access::FollowDelegations(process, HeardBy(std::make_shared<RegistryNews>(process, *stores)));
  process.Serve(std::move(feed));
  process.Serve(std::make_unique<AppointmentService>(process.rpc(), stores->appointments));
  process.Serve(
      std::make_unique<AccessService>(process.rpc(), stores->appointments, stores->parties));
  process.Serve(std::make_unique<AvailabilityService>(process.rpc(), stores->availability));
  process.Serve(std::make_unique<AppointmentAgencyService>(process.rpc(), *stores, *registry,
                                                           process.policy()));
  process.Serve(std::make_unique<MatterAgencyService>(process.rpc(), *stores, process.policy()));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::appointments

int main(int argc, char** argv) {
  using namespace bitrade;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "appointments",
       .neighbours = {"identity", "registry"},
       .plan = rpc::PlanOf({common_schema(), access_delegation_schema(), appointments_schema()}),
       .read_settings = [](config::Env& /*env*/) {},
       .wire = appointments::Wire});
}
