#include "services/identity/orders/recorder.h"

#include <string>

#include "services/common/error/error.h"
#include "services/identity/bankid/errors.h"

namespace bitrade::identity {

OrderEnds& OrderRecorder::EndsOf(const TakenOrder& taken) const {
  return taken.subject.is_signature() ? signature_ends_ : login_ends_;
}

absl::Status OrderRecorder::Begun(postgres::Transaction& tx, const TakenOrder& taken,
                                  const absl::StatusOr<BankIdOrder>& answer, absl::Time now) {
  if (!answer.ok()) return NotBegun(tx, taken, answer.status(), now);
  // Given up or begun by another meanwhile: nobody can open this order, and it expires by itself.
  if (!orders_.IsHeld(tx, taken)) return absl::OkStatus();
  orders_.SaveBegun(tx, taken, *answer, now + kCollectEvery);
  orders_.GiveBack(tx, taken,
                   InterpretOrder("pending", "outstandingTransaction", taken.method, taken.start),
                   {.due = now + kCollectEvery, .failures = 0});
  return absl::OkStatus();
}

// Asked again while the person has another order, which BankID or we have just cancelled. After
// silence there may be an order, but nobody was shown how to open it.
absl::Status OrderRecorder::NotBegun(postgres::Transaction& tx, const TakenOrder& taken,
                                     const absl::Status& answer, absl::Time now) {
  const std::string reason = ReasonOf(answer);
  const bool occupied = reason == kBankIdAlreadyInProgress.name;
  const absl::string_view other = reason == kBankIdRefused.name ? "RFA22" : "RFA5";
  const OrderProgress failed{OrderState::kFailed, taken.progress.hint,
                             MessageOf(occupied ? "RFA4" : other),
                             reason.empty() ? kBankIdFault.name : reason};
  if (!occupied || now >= taken.create_time + kBeginTime) {
    return EndsOf(taken).Failed(tx, taken, failed, now);
  }
  orders_.GiveBack(tx, taken, {OrderState::kPending, taken.progress.hint, failed.message, ""},
                   {.due = now + kCollectEvery / 2, .failures = 0});
  return absl::OkStatus();
}

absl::Status OrderRecorder::Collected(postgres::Transaction& tx, const TakenOrder& taken,
                                      const absl::StatusOr<CollectAnswer>& answer, absl::Time now) {
  if (ReasonOf(answer.status()) == kBankIdOrderGone.name) {
    // Who has taken it since may have got the end, or has cancelled it.
    return orders_.IsHeld(tx, taken) ? EndsOf(taken).Lost(tx, taken, now) : absl::OkStatus();
  }
  if (!answer.ok()) {
    Unanswered(tx, taken, now);
    return absl::OkStatus();
  }
  if (answer->completion) return EndsOf(taken).Completed(tx, taken, *answer->completion, now);
  const OrderProgress progress =
      InterpretOrder(answer->status, answer->hint, taken.method, taken.start);
  if (progress.state == OrderState::kFailed) return EndsOf(taken).Failed(tx, taken, progress, now);
  // Counted from the answer: a question that took its time on the way may have come late, and the
  // next one must not come too soon after it.
  orders_.GiveBack(tx, taken, progress, {.due = now + kCollectEvery, .failures = 0});
  return absl::OkStatus();
}

void OrderRecorder::Unanswered(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) {
  const int failures = taken.failures + 1;
  orders_.GiveBack(tx, taken, identity::Unanswered(taken.progress, failures),
                   {.due = now + kCollectEvery, .failures = failures});
}

absl::Status OrderRecorder::Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                                      const absl::Status& answer, absl::Time now) {
  if (answer.ok()) return EndsOf(taken).Cancelled(tx, taken, now);
  if (ReasonOf(answer) == kBankIdOrderGone.name) {
    return EndsOf(taken).CancelledTooLate(tx, taken, now);
  }
  orders_.AskNext(tx, taken.subject, {.due = now + kCollectEvery, .failures = taken.failures + 1});
  return absl::OkStatus();
}

absl::Status OrderRecorder::Expired(postgres::Transaction& tx, const TakenOrder& taken,
                                    absl::Time now) {
  return EndsOf(taken).Lost(tx, taken, now);
}

}  // namespace bitrade::identity
