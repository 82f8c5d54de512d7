// The register of counsel as a process.
#include "migrations/common_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"
#include "services/registry/counsel/service.h"
#include "services/registry/guide/service.h"
#include "services/registry/profiles/service.h"
#include "services/registry/snapshot.h"

namespace bitrade::registry {
namespace {

absl::Status Wire(rpc::Process& process) {
  auto identity = std::make_shared<IdentityClient>(process.To("identity"));
  auto counsel = std::make_shared<CounselStore>();
  auto guide = std::make_shared<GuideStore>();
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [counsel](postgres::Transaction& tx) { return Snapshot(*counsel, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Keep(identity);
  process.Keep(counsel);
  process.Keep(guide);
  process.Serve(std::move(feed));
  process.Serve(std::make_unique<CounselService>(process.rpc(), *counsel));
  process.Serve(std::make_unique<CounselFactsService>(process.rpc(), *counsel));
  process.Serve(std::make_unique<CounselAgencyService>(process.rpc(), *counsel, *identity));
  process.Serve(std::make_unique<ProfileService>(process.rpc(), *counsel));
  process.Serve(std::make_unique<GuideService>(process.rpc(), *guide));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::registry

int main(int argc, char** argv) {
  using namespace bitrade;
  return rpc::ServiceMain(argc, argv,
                          {.name = "registry",
                           .neighbours = {"identity"},
                           .plan = rpc::PlanOf({common_schema(), registry_schema()}),
                           .read_settings = [](config::Env& /*env*/) {},
                           .wire = registry::Wire});
}
