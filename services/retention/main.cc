// Retention as a process.
#include "migrations/common_schema.h"
#include "migrations/retention_schema.h"
#include "services/common/events/consumer.h"
#include "services/common/rpc/recurring.h"
#include "services/common/rpc/service_main.h"
#include "services/retention/clients/documents.h"
#include "services/retention/disposals/service.h"
#include "services/retention/disposals/worker.h"

namespace bitrade::retention {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);

// Everything that the process keeps, in the order of dependence.
struct Kept {
  explicit Kept(rpc::Process& process)
      : documents(process.To("documents")),
        schedule(schedules, process.clock(), process.ids()),
        worker(disposals, schedule, ArchiveOf(documents), process.clock(), process.ids()),
        consumer({.source = "appointments",
                  .conninfo = process.config().database_url,
                  .apply = [this](auto& tx, auto& event) { return schedule.Apply(tx, event); },
                  .reset = [this](auto& tx) { schedule.StartOver(tx); }},
                 process.To("appointments"), process.clock()),
        rounds(process.config().database_url, kLookEvery, [this](auto& c) { worker.Round(c); }) {}

  DisposalStore disposals;
  ScheduleStore schedules;
  DocumentsClient documents;
  Schedule schedule;
  Worker worker;
  events::Consumer consumer;
  rpc::Recurring rounds;
};

absl::Status Wire(rpc::Process& process) {
  const auto kept = std::make_shared<Kept>(process);
  ShowIn(process.metrics(), std::shared_ptr<const Worker>(kept, &kept->worker));
  process.OnDrain([worker = &kept->worker] { worker->End(); });
  process.Serve(
      std::make_unique<DisposalAgencyService>(process.rpc(), kept->disposals, process.policy()));
  process.Keep(kept);
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::retention

int main(int argc, char** argv) {
  using namespace bitrade;
  return rpc::ServiceMain(argc, argv,
                          {.name = "retention",
                           .neighbours = {"appointments", "documents"},
                           .plan = rpc::PlanOf({common_schema(), retention_schema()}),
                           .read_settings = [](config::Env& /*env*/) {},
                           .wire = retention::Wire});
}
