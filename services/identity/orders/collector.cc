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
  LoginId login;
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
  if (status.ok() || reason == kBankIdOrderGone.name) return;
  const bool silent = reason == kBankIdUnavailable.name;
  if (silent && taken.failures + 1 != kSilentFailures) return;
  const Metadata metadata = DetailsOf(status).metadata;
  log::Write(silent ? log::Level::kWarning : log::Level::kError, "bankid", now,
             {{"login", taken.login.id.text()},
              {"reason", reason},
              {"error_code", metadata.empty() ? "" : metadata.front().second}});
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
                     const Clock& clock)
    : bankid_(bankid),
      recorder_(recorder),
      orders_(orders),
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
        {{"login", answer.login.text()}, {"code", absl::StatusCodeToString(recorded.code())}});
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
  for (const TakenOrder& order : *taken) Ask(order);
  return taken->size() == kMostAtOnce;
}

void Collector::Ask(const TakenOrder& taken) {
  inbox_->Begin();
  if (taken.take_time >= taken.login.create_time + kPendingTime) {
    inbox_->Add({taken.login.id, [this, taken](postgres::Transaction& tx, absl::Time now) {
                   return recorder_.Expired(tx, taken, now);
                 }});
  } else if (!taken.order_ref.ok()) {
    inbox_->Add({taken.login.id, [this, taken](postgres::Transaction& tx, absl::Time now) {
                   return recorder_.Collected(tx, taken, taken.order_ref.status(), now);
                 }});
  } else if (taken.login.state == LoginState::kPending) {
    AskToCollect(taken);
  } else {
    AskToCancel(taken);
  }
}

void Collector::AskToCollect(const TakenOrder& taken) {
  const auto done = [this, inbox = inbox_, taken](const absl::StatusOr<CollectAnswer>& answer) {
    LogTrouble(taken, answer.status(), taken.take_time);
    inbox->Add({taken.login.id, [this, taken, answer](postgres::Transaction& tx, absl::Time now) {
                  return recorder_.Collected(tx, taken, answer, now);
                }});
  };
  bankid_.Collect(*taken.order_ref, done);
}

void Collector::AskToCancel(const TakenOrder& taken) {
  const auto done = [this, inbox = inbox_, taken](const absl::Status& answer) {
    LogTrouble(taken, answer, taken.take_time);
    inbox->Add({taken.login.id, [this, taken, answer](postgres::Transaction& tx, absl::Time now) {
                  recorder_.Cancelled(tx, taken, answer, now);
                  return absl::OkStatus();
                }});
  };
  bankid_.Cancel(*taken.order_ref, done);
}

}  // namespace bitrade::identity
