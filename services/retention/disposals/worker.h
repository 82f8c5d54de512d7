// Carries out what is due, one step at a time: take a task from the rows, ask documents, write down
// what came of it. Between the transactions nothing is open and nothing is remembered, so any
// worker goes on where another has stopped, at whatever point it was killed:
//
//   a document is written down before it is destroyed; documents gives the same evidence again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/metrics.h"
#include "services/common/rpc/outgoing.h"
#include "services/retention/clients/documents.h"
#include "services/retention/disposals/store.h"
#include "services/retention/schedule/schedule.h"

namespace bitrade::retention {

// What the worker asks documents; as clients/documents.h says.
struct Archive {
  std::function<absl::StatusOr<std::vector<DocumentId>>(const rpc::Outgoing&, const AppointmentId&)>
      list;
  std::function<absl::StatusOr<Evidence>(const rpc::Outgoing&, const DocumentId&,
                                         const DisposalId&)>
      dispose;
};

// Binds it to documents itself. `documents` must outlive it.
Archive ArchiveOf(DocumentsClient& documents);

// Used by one thread; `End`, `due` and `unplanned` by any.
class Worker {
 public:
  Worker(DisposalStore& store, Schedule& schedule, Archive archive, const Clock& clock,
         IdSource& ids)
      : store_(store),
        schedule_(schedule),
        archive_(std::move(archive)),
        clock_(clock),
        ids_(ids) {}

  // Plans, then takes steps until nothing is due, documents does not answer, or End is called.
  void Round(postgres::Connection& connection);

  // Takes one step; false when nothing is due. A task that fails is taken up again by anybody, a
  // few seconds later. Errors: the database's; documents'.
  absl::StatusOr<bool> TakeStep(postgres::Connection& connection);

  // Lets a round under way end after its step.
  void End() { ending_.store(true); }

  // Disposals that were due and not done, and those whose day no grace period gives, when last
  // looked at; for metrics.
  int64_t due() const { return due_.load(std::memory_order_relaxed); }
  int64_t unplanned() const { return unplanned_.load(std::memory_order_relaxed); }

 private:
  absl::Status Prepare(postgres::Connection& connection);
  absl::Status DisposeOne(postgres::Connection& connection, const Step& step, const Task& task);
  absl::Status LookForMore(postgres::Connection& connection, const Step& step, const Task& task);
  absl::Status Finish(postgres::Connection& connection, const Step& step, const Task& task);
  void Tell(const absl::Status& status, const Task& task) const;

  DisposalStore& store_;
  Schedule& schedule_;
  const Archive archive_;
  const Clock& clock_;
  IdSource& ids_;
  std::atomic<bool> ending_{false};
  std::atomic<int64_t> due_{0}, unplanned_{0};
};

// Shows in `metrics` what a worker has found, as long as it lives.
void ShowIn(rpc::Metrics& metrics, std::weak_ptr<const Worker> worker);

}  // namespace bitrade::retention
