#include "services/identity/orders/recorder.h"

#include <algorithm>
#include <utility>

#include "services/common/audit/append.h"
#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/identity/bankid/errors.h"

namespace bitrade::identity {
namespace {

OrderProgress FailedWith(const Login& login, absl::string_view hint) {
  return InterpretOrder("failed", hint, login.method, login.start);
}

// Who logged in, or why not: what happened without a call of anybody's.
void Audit(postgres::Transaction& tx, const Login& login, absl::Time now) {
  audit::Entry entry{.time = now,
                     .rpc = "bankid/collect",
                     .actor_kind = "SERVICE",
                     .actor = "identity",
                     .ground = "SERVICE",
                     .outcome = login.reason.empty() ? "OK" : login.reason,
                     .method = std::string(Name(login.method)),
                     .object_ids = {login.id.text()}};
  if (login.completion) {
    entry.session_id = login.completion->session.text();
    entry.object_ids.push_back(login.completion->person.text());
  }
  audit::Append(tx, {entry});
}

}  // namespace

absl::Status OrderRecorder::Collected(postgres::Transaction& tx, const TakenOrder& taken,
                                      const absl::StatusOr<CollectAnswer>& answer, absl::Time now) {
  const Login& login = taken.login;
  if (ReasonOf(answer.status()) == kBankIdOrderGone.name) {
    // BankID's own word for an order that was collected too late.
    return Failed(tx, login.id, FailedWith(login, "expiredTransaction"), now);
  }
  if (!answer.ok()) {
    Unanswered(tx, taken, now);
    return absl::OkStatus();
  }
  if (answer->completion) return Completed(tx, login.id, *answer->completion, now);
  const OrderProgress progress =
      InterpretOrder(answer->status, answer->hint, login.method, login.start);
  if (progress.state == LoginState::kFailed) return Failed(tx, login.id, progress, now);
  ASSIGN_OR_RETURN(const Login advanced, Advance(login, progress));
  orders_.GiveBack(tx, taken, advanced, {.due = taken.take_time + kCollectEvery, .failures = 0});
  return absl::OkStatus();
}

void OrderRecorder::Unanswered(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) {
  const int failures = taken.failures + 1;
  Login login = taken.login;
  login.message_key = std::string(identity::Unanswered(login, failures).message.key);
  orders_.GiveBack(tx, taken, login, {.due = now + kCollectEvery, .failures = failures});
}

absl::Status OrderRecorder::Failed(postgres::Transaction& tx, const LoginId& id,
                                   const OrderProgress& progress, absl::Time now) {
  const std::optional<Login> locked = logins_.Lock(tx, id);
  orders_.Delete(tx, id);
  if (!locked || locked->state != LoginState::kPending) return absl::OkStatus();
  Login login = AsOf(*locked, now);
  if (login.state == LoginState::kPending) {
    ASSIGN_OR_RETURN(login, Advance(std::move(login), progress));
  }
  logins_.Save(tx, login);
  Audit(tx, login, now);
  return absl::OkStatus();
}

absl::Status OrderRecorder::Completed(postgres::Transaction& tx, const LoginId& id,
                                      const BankIdCompletion& completion, absl::Time now) {
  const std::optional<Login> locked = logins_.Lock(tx, id);
  const bool open = locked && AsOf(*locked, now).state == LoginState::kPending;
  if (!open) return Failed(tx, id, {}, now);
  const auto number = PersonNumber::Parse(completion.personal_number, SwedishDay(now));
  if (!number.ok()) return Failed(tx, id, FailedWith(*locked, ""), now);
  orders_.KeepEvidence(tx, id, {completion.signature, completion.ocsp_response, completion.risk});
  if (IsHighRisk(completion.risk)) {
    return Failed(tx, id, FailedWith(*locked, "transactionRiskBlocked"), now);
  }
  const PersonId person = persons_.Ensure(tx, *number, ids_.New<PersonId>(now), now);
  // Which kind of BankID it was stands in the signature, which is not read yet: BankID itself has
  // kept to the policies of the order.
  ASSIGN_OR_RETURN(const Login login, Complete(*locked, {.person = person,
                                                         .session = ids_.New<SessionId>(now),
                                                         .certificate_policy = "",
                                                         .time = now}));
  logins_.SaveComplete(tx, login, completion.name);
  orders_.Delete(tx, id);
  Audit(tx, login, now);
  return absl::OkStatus();
}

void OrderRecorder::Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                              const absl::Status& answer, absl::Time now) {
  const bool over = answer.ok() || ReasonOf(answer) == kBankIdOrderGone.name;
  if (over) return orders_.Delete(tx, taken.login.id);
  orders_.AskNext(tx, taken.login.id, {.due = now + kCollectEvery, .failures = taken.failures + 1});
}

absl::Status OrderRecorder::Expired(postgres::Transaction& tx, const TakenOrder& taken,
                                    absl::Time now) {
  return Failed(tx, taken.login.id, {}, now);
}

}  // namespace bitrade::identity
