// Everything that the process keeps, in the order of dependence.
#pragma once

#include "services/common/access/delegations/projection.h"
#include "services/common/events/consumer.h"
#include "services/common/rpc/process.h"
#include "services/common/rpc/recurring.h"
#include "services/retention/activities/gatherer.h"
#include "services/retention/activities/upkeep.h"
#include "services/retention/clients/documents.h"
#include "services/retention/disposals/worker.h"
#include "services/retention/holds/store.h"
#include "services/retention/schedule/schedule.h"

namespace bitrade::retention {

struct Parts {
  explicit Parts(rpc::Process& process)
      : holds(process.keyring()),
        documents(process.To("documents")),
        schedule(schedules, process.clock(), process.ids()),
        worker(disposals, schedule, ArchiveOf(documents), process.clock(), process.ids()),
        gatherer(activities, Trails(process), process.clock(), process.ids()),
        upkeep(activities, process.clock(), process.ids()),
        appointments({.source = "appointments",
                      .conninfo = process.config().database_url,
                      .apply = [this](auto& tx, auto& event) { return schedule.Apply(tx, event); },
                      .reset = [this](auto& tx) { schedule.StartOver(tx); }},
                     process.To("appointments"), process.clock()),
        registry({.source = "registry",
                  .conninfo = process.config().database_url,
                  .apply = [this](auto& tx, auto& event) { return gatherer.Apply(tx, event); },
                  .reset = access::ResetDelegations},
                 process.To("registry"), process.clock()),
        disposing(process.config().database_url, absl::Seconds(1),
                  [this](auto& connection) { worker.Round(connection); }),
        gathering(process.config().database_url, absl::Seconds(5),
                  [this](auto& connection) { gatherer.Round(connection); }),
        keeping(process.config().database_url, absl::Minutes(1),
                [this](auto& connection) { upkeep.Round(connection); }) {}

  // The services that let delegates in.
  static std::vector<TrailSource> Trails(rpc::Process& process) {
    std::vector<TrailSource> trails;
    for (const char* name : {"appointments", "documents", "billing"}) {
      trails.push_back({name, process.To(name)});
    }
    return trails;
  }

  HoldStore holds;
  DisposalStore disposals;
  ScheduleStore schedules;
  ActivityStore activities;
  DocumentsClient documents;
  Schedule schedule;
  Worker worker;
  Gatherer gatherer;
  Upkeep upkeep;
  events::Consumer appointments;
  events::Consumer registry;
  rpc::Recurring disposing;
  rpc::Recurring gathering;
  rpc::Recurring keeping;
};

}  // namespace bitrade::retention
