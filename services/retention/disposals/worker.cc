#include "services/retention/disposals/worker.h"

#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"

namespace bitrade::retention {
namespace {

// Longer than documents is given to answer.
constexpr absl::Duration kLease = absl::Seconds(5);

rpc::Outgoing OutgoingOf(const Step& step) {
  return {.request_id = step.request_id, .traceparent = {}, .person = {}};
}

// The others must wait as well: documents as a whole does not answer.
bool ConcernsAll(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

}  // namespace

Archive ArchiveOf(DocumentsClient& documents) {
  return {.list =
              [&documents](const rpc::Outgoing& outgoing, const AppointmentId& appointment) {
                return documents.ListDisposable(outgoing, appointment);
              },
          .dispose =
              [&documents](const rpc::Outgoing& outgoing, const DocumentId& document,
                           const DisposalId& disposal) {
                return documents.DisposeContent(outgoing, document, disposal);
              }};
}

void Worker::Round(postgres::Connection& connection) {
  absl::Status status = Prepare(connection);
  bool more = status.ok() && due() > 0;
  while (more && !ending_.load()) {
    const absl::StatusOr<bool> taken = TakeStep(connection);
    more = taken.ok() ? *taken : !ConcernsAll(taken.status());
  }
}

absl::Status Worker::Prepare(postgres::Connection& connection) {
  return connection.Transact([this](postgres::Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const int unplanned, schedule_.Plan(tx));
    unplanned_.store(unplanned, std::memory_order_relaxed);
    due_.store(store_.CountDue(tx, clock_.TimeNow()), std::memory_order_relaxed);
    return absl::OkStatus();
  });
}

absl::StatusOr<bool> Worker::TakeStep(postgres::Connection& connection) {
  const absl::Time now = clock_.TimeNow();
  const Step step{ids_.NewUuid(now), now};
  ASSIGN_OR_RETURN(
      const std::optional<Task> task,
      connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<std::optional<Task>> {
        return store_.Take(tx, step, now + kLease);
      }));
  if (!task) return false;
  const absl::Status done =
      task->document ? DisposeOne(connection, step, *task) : LookForMore(connection, step, *task);
  if (!done.ok()) {
    Tell(done, *task);
    return done;
  }
  return true;
}

absl::Status Worker::DisposeOne(postgres::Connection& connection, const Step& step,
                                const Task& task) {
  ASSIGN_OR_RETURN(const Evidence evidence,
                   archive_.dispose(OutgoingOf(step), *task.document, task.disposal));
  return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
    store_.Record(tx, step, task, evidence);
    return absl::OkStatus();
  });
}

absl::Status Worker::LookForMore(postgres::Connection& connection, const Step& step,
                                 const Task& task) {
  ASSIGN_OR_RETURN(const std::vector<DocumentId> documents,
                   archive_.list(OutgoingOf(step), task.appointment));
  if (documents.empty()) return Finish(connection, step, task);
  return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
    if (store_.Intend(tx, task, documents)) return absl::OkStatus();
    return absl::DataLossError("documents has content again that was destroyed");
  });
}

absl::Status Worker::Finish(postgres::Connection& connection, const Step& step, const Task& task) {
  ASSIGN_OR_RETURN(const bool finished,
                   connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<bool> {
                     return store_.Finish(tx, step, task);
                   }));
  if (finished) {
    log::Write(log::Level::kInfo, "disposal done", clock_.TimeNow(),
               {{"disposal_id", task.disposal.text()}, {"request_id", step.request_id}});
  }
  return absl::OkStatus();
}

void Worker::Tell(const absl::Status& status, const Task& task) const {
  log::Write(log::Level::kWarning, "disposal waits", clock_.TimeNow(),
             {{"code", absl::StatusCodeToString(status.code())},
              {"reason", ReasonOf(status)},
              {"disposal_id", task.disposal.text()},
              {"document_id", task.document ? task.document->text() : std::string()}});
}

void ShowIn(rpc::Metrics& metrics, std::weak_ptr<const Worker> worker) {
  const auto shown = [&metrics, worker = std::move(worker)](const char* name, const char* help,
                                                            int64_t (Worker::*read)() const) {
    metrics.Gauge(name, help, [worker, read] {
      const std::shared_ptr<const Worker> alive = worker.lock();
      return alive != nullptr ? static_cast<double>((alive.get()->*read)()) : 0.0;
    });
  };
  shown("bitrade_retention_due", "Disposals that are due and not done", &Worker::due);
  shown("bitrade_retention_unplanned", "Disposals whose day no grace period gives",
        &Worker::unplanned);
}

}  // namespace bitrade::retention
