#include "services/identity/orders/collector.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"
#include "services/identity/bankid/errors.h"

namespace bitrade::identity {
namespace {

// How many orders one transaction takes.
constexpr int kMostAtOnce = 100;

// What one answer does to the database.
using Record = std::function<absl::Status(postgres::Transaction&, absl::Time now)>;

struct Answer {
  OrderSubject subject;
  Record record;
};

// The database may take it later.
bool IsPassing(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kAborted ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

// What an operator must know: a fault at once, silence when the person is told of it.
void LogTrouble(const TakenOrder& taken, const absl::Status& status, absl::Time now) {
  const std::string reason = ReasonOf(status);
  if (status.ok() || reason == kBankIdOrderGone.name || reason == kBankIdAlreadyInProgress.name) {
    return;
  }
  const bool silent = reason == kBankIdUnavailable.name;
  if (silent && taken.failures + 1 != kSilentFailures) return;
  const Metadata metadata = DetailsOf(status).metadata;
  log::Write(silent ? log::Level::kWarning : log::Level::kError, "bankid", now,
             {{"order_of", taken.subject.id()},
              {"reason", reason},
              {"error_code", metadata.empty() ? "" : metadata.front().second}});
}

absl::StatusOr<BankIdOrder> OrderOf(const absl::StatusOr<AuthAnswer>& answer, absl::Time now) {
  if (!answer.ok()) return answer.status();
  return BankIdOrder{answer->order_ref, answer->auto_start_token, answer->qr, now};
}

}  // namespace

// Answers that are not recorded yet.
struct Collector::Inbox {
  void Begin() {
    const std::lock_guard lock(mutex);
    ++under_way;
  }
  void Add(Answer answer) {
    const std::lock_guard lock(mutex);
    --under_way;
    answers.push_back(std::move(answer));
    fresh = true;
    arrived.notify_all();
  }
  void PutBack(std::vector<Answer> unrecorded) {
    const std::lock_guard lock(mutex);
    for (Answer& answer : unrecorded) answers.push_back(std::move(answer));
  }
  std::vector<Answer> Take() {
    const std::lock_guard lock(mutex);
    fresh = false;
    return std::exchange(answers, {});
  }
  bool empty() {
    const std::lock_guard lock(mutex);
    return under_way == 0 && answers.empty();
  }

  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<Answer> answers;
  bool fresh = false;  // something came since they were last taken; not so what was put back
  int under_way = 0;
};

Collector::Collector(BankIdClient& bankid, OrderRecorder& recorder, OrderStore& orders,
                     SignRequests& requests, const Clock& clock)
    : bankid_(bankid),
      recorder_(recorder),
      orders_(orders),
      requests_(requests),
      clock_(clock),
      inbox_(std::make_shared<Inbox>()) {}

void Collector::Round(postgres::Connection& connection) {
  RecordAnswers(connection);
  while (TakeSome(connection)) {
  }
}

void Collector::AwaitAnswer(absl::Duration most) {
  std::unique_lock lock(inbox_->mutex);
  inbox_->arrived.wait_for(lock, absl::ToChronoNanoseconds(most), [this] { return inbox_->fresh; });
}

void Collector::Settle(postgres::Connection& connection, absl::Duration most) {
  const auto end = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(most);
  while (!inbox_->empty() && std::chrono::steady_clock::now() < end) {
    AwaitAnswer(absl::Milliseconds(100));
    RecordAnswers(connection);
  }
}

// Each in a transaction of its own: what is wrong with one keeps no other.
void Collector::RecordAnswers(postgres::Connection& connection) {
  std::vector<Answer> unrecorded;
  for (Answer& answer : inbox_->Take()) {
    const absl::Time now = clock_.TimeNow();
    const absl::Status recorded =
        connection.Transact([&](postgres::Transaction& tx) { return answer.record(tx, now); });
    if (recorded.ok()) continue;
    if (IsPassing(recorded)) {
      unrecorded.push_back(std::move(answer));
      continue;
    }
    log::Write(
        log::Level::kError, "an answer of bankid is not recorded", now,
        {{"order_of", answer.subject.id()}, {"code", absl::StatusCodeToString(recorded.code())}});
  }
  inbox_->PutBack(std::move(unrecorded));
}

// Returns whether there may be more.
bool Collector::TakeSome(postgres::Connection& connection) {
  const absl::Time now = clock_.TimeNow();
  const auto taken = connection.Transact(
      [&](postgres::Transaction& tx) -> absl::StatusOr<std::vector<TakenOrder>> {
        return orders_.TakeDue(tx, now, now + kLease, kMostAtOnce);
      });
  if (!taken.ok()) return false;
  for (const TakenOrder& order : *taken) Ask(connection, order);
  return taken->size() == kMostAtOnce;
}

void Collector::Ask(postgres::Connection& connection, const TakenOrder& taken) {
  const auto record = [&](Record answer) {
    inbox_->Begin();
    inbox_->Add({taken.subject, std::move(answer)});
  };
  if (taken.take_time >= taken.create_time + kPendingTime) {
    record([this, taken](auto& tx, absl::Time now) { return recorder_.Expired(tx, taken, now); });
  } else if (!taken.order_ref.ok()) {
    record([this, taken](auto& tx, absl::Time now) {
      return recorder_.Collected(tx, taken, taken.order_ref.status(), now);
    });
  } else if (taken.step == OrderStep::kBegin) {
    AskToBegin(connection, taken);
  } else if (taken.step == OrderStep::kCollect) {
    AskToCollect(taken);
  } else {
    AskToCancel(taken);
  }
}

void Collector::AskToBegin(postgres::Connection& connection, const TakenOrder& taken) {
  const auto request =
      connection.Read([&](postgres::Transaction& tx) { return requests_.Of(tx, taken); });
  // Taken again when the lease has ended.
  if (IsPassing(request.status())) return;
  inbox_->Begin();
  const auto done = [this, inbox = inbox_, taken](const absl::StatusOr<AuthAnswer>& answer) {
    LogTrouble(taken, answer.status(), taken.take_time);
    const auto order = OrderOf(answer, clock_.TimeNow());
    inbox->Add({taken.subject, [this, taken, order](postgres::Transaction& tx, absl::Time now) {
                  return recorder_.Begun(tx, taken, order, now);
                }});
  };
  request.ok() ? bankid_.Sign(*request, done) : done(request.status());
}

void Collector::AskToCollect(const TakenOrder& taken) {
  inbox_->Begin();
  const auto done = [this, inbox = inbox_, taken](const absl::StatusOr<CollectAnswer>& answer) {
    LogTrouble(taken, answer.status(), taken.take_time);
    inbox->Add({taken.subject, [this, taken, answer](postgres::Transaction& tx, absl::Time now) {
                  return recorder_.Collected(tx, taken, answer, now);
                }});
  };
  bankid_.Collect(*taken.order_ref, done);
}

// An order that was not begun is known to nobody.
void Collector::AskToCancel(const TakenOrder& taken) {
  inbox_->Begin();
  const auto done = [this, inbox = inbox_, taken](const absl::Status& answer) {
    LogTrouble(taken, answer, taken.take_time);
    inbox->Add({taken.subject, [this, taken, answer](postgres::Transaction& tx, absl::Time now) {
                  return recorder_.Cancelled(tx, taken, answer, now);
                }});
  };
  taken.order_ref->empty() ? done(absl::OkStatus()) : bankid_.Cancel(*taken.order_ref, done);
}

}  // namespace bitrade::identity
