// The register of counsel as a process.
#include "migrations/common_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"
#include "services/registry/config.h"
#include "services/registry/counsel/service.h"
#include "services/registry/delegations/access_service.h"
#include "services/registry/delegations/service.h"
#include "services/registry/guide/service.h"
#include "services/registry/profiles/service.h"
#include "services/registry/snapshot.h"
#include "services/registry/stores.h"

namespace bitrade::registry {
namespace {

absl::Status Wire(rpc::Process& process, const Config& config) {
  auto identity = std::make_shared<IdentityClient>(process.To("identity"));
  auto signatures = std::make_shared<signing::Client>(process.To("identity"));
  auto stores = std::make_shared<Stores>(process.keyring());
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url, [stores](postgres::Transaction& tx) {
        return Snapshot(stores->counsel, stores->delegation_facts, tx);
      });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Keep(identity);
  process.Keep(signatures);
  process.Keep(stores);
  process.Serve(std::move(feed));
  rpc::Rpc& rpc = process.rpc();
  CounselStore& counsel = stores->counsel;
  DelegationFactsStore& facts = stores->delegation_facts;
  process.Serve(std::make_unique<CounselService>(rpc, counsel));
  process.Serve(std::make_unique<CounselFactsService>(rpc, counsel));
  process.Serve(std::make_unique<CounselAgencyService>(rpc, counsel, *identity));
  process.Serve(std::make_unique<DelegationService>(rpc, stores->delegations, *identity,
                                                    *signatures, config.confirmation));
  process.Serve(std::make_unique<AccessService>(rpc, facts));
  process.Serve(std::make_unique<ProfileService>(rpc, counsel, facts));
  process.Serve(std::make_unique<GuideService>(rpc, stores->guide));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::registry

int main(int argc, char** argv) {
  using namespace bitrade;
  registry::Config config;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "registry",
       .neighbours = {"identity"},
       .plan = rpc::PlanOf({common_schema(), registry_schema()}),
       .read_settings = [&config](config::Env& env) { config = registry::LoadConfig(env); },
       .wire = [&config](rpc::Process& process) { return registry::Wire(process, config); }});
}
