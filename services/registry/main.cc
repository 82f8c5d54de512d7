// The register of counsel as a process.
#include "migrations/common_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"
#include "services/registry/services.h"
#include "services/registry/snapshot.h"
#include "services/registry/upkeep.h"

namespace bitrade::registry {
namespace {

// Everything that the process keeps.
struct Kept {
  explicit Kept(rpc::Process& process)
      : stores(process.keyring()),
        identity(process.To("identity")),
        signatures(process.To("identity")) {}

  Stores stores;
  IdentityClient identity;
  signing::Client signatures;
};

absl::Status Wire(rpc::Process& process, Confirmation confirmation) {
  const auto kept = std::make_shared<Kept>(process);
  process.Keep(kept);
  auto& [stores, identity, signatures] = *kept;
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [kept](postgres::Transaction& tx) { return Snapshot(kept->stores, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Serve(std::move(feed));
  process.Keep(TidyNowAndThen(process.config().database_url, stores, process.clock()));
  for (auto& service : MakeServices(process.rpc(), stores, {identity, signatures}, confirmation)) {
    process.Serve(std::move(service));
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::registry

int main(int argc, char** argv) {
  using namespace bitrade;
  signing::Confirmation confirmation = signing::Confirmation::kRefused;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "registry",
       .neighbours = {"identity"},
       .plan = rpc::PlanOf({common_schema(), registry_schema()}),
       .read_settings = [&](config::Env& env) { confirmation = signing::LoadConfirmation(env); },
       .wire = [&](rpc::Process& process) { return registry::Wire(process, confirmation); }});
}
