// Retention as a process.
#include "migrations/access_delegation_schema.h"
#include "migrations/common_schema.h"
#include "migrations/retention_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/retention/activities/service.h"
#include "services/retention/disposals/service.h"
#include "services/retention/holds/service.h"
#include "services/retention/parts.h"

namespace bitrade::retention {
namespace {

absl::Status Wire(rpc::Process& process) {
  const auto kept = std::make_shared<Parts>(process);
  ShowIn(process.metrics(), std::shared_ptr<const Worker>(kept, &kept->worker));
  process.OnDrain([worker = &kept->worker] { worker->End(); });
  process.Serve(
      std::make_unique<DisposalAgencyService>(process.rpc(), kept->disposals, process.policy()));
  process.Serve(
      std::make_unique<LegalHoldAgencyService>(process.rpc(), kept->holds, process.policy()));
  process.Serve(std::make_unique<ActivityService>(process.rpc(), kept->activities));
  process.Keep(kept);
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::retention

int main(int argc, char** argv) {
  using namespace bitrade;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "retention",
       .neighbours = {"appointments", "billing", "documents", "registry"},
       .plan = rpc::PlanOf({common_schema(), access_delegation_schema(), retention_schema()}),
       .read_settings = [](config::Env& /*env*/) {},
       .wire = retention::Wire});
}
