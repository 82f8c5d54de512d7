#include "services/identity/logins/ends.h"

#include <optional>
#include <utility>

#include "services/common/audit/append.h"
#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/log/log.h"
#include "services/identity/domain/address.h"

namespace bitrade::identity {
namespace {

LoginId IdOf(const TakenOrder& taken) { return LoginId::Trusted(taken.subject.id()); }

OrderProgress FailedWith(const TakenOrder& taken, absl::string_view hint) {
  return InterpretOrder("failed", hint, taken.method, taken.start);
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

absl::Status LoginEnds::Failed(postgres::Transaction& tx, const TakenOrder& taken,
                               const OrderProgress& progress, absl::Time now) {
  const std::optional<Login> locked = logins_.Lock(tx, IdOf(taken));
  orders_.Delete(tx, taken.subject);
  if (!locked || locked->state != LoginState::kPending) return absl::OkStatus();
  Login login = AsOf(*locked, now);
  if (login.state == LoginState::kPending) {
    ASSIGN_OR_RETURN(login, Advance(std::move(login), progress));
  }
  logins_.Save(tx, login);
  Audit(tx, login, now);
  return absl::OkStatus();
}

absl::Status LoginEnds::Lost(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) {
  // BankID's own word for an order that was collected too late.
  return Failed(tx, taken, FailedWith(taken, "expiredTransaction"), now);
}

absl::Status LoginEnds::Completed(postgres::Transaction& tx, const TakenOrder& taken,
                                  const BankIdCompletion& completion, absl::Time now) {
  const std::optional<Login> locked = logins_.Lock(tx, IdOf(taken));
  const bool open = locked && AsOf(*locked, now).state == LoginState::kPending;
  if (!open) return Failed(tx, taken, {}, now);
  const auto number = PersonNumber::Parse(completion.personal_number, SwedishDay(now));
  if (!number.ok()) return Failed(tx, taken, FailedWith(taken, ""), now);
  orders_.KeepEvidence(tx, taken.subject,
                       {completion.signature, completion.ocsp_response, completion.risk});
  ASSIGN_OR_RETURN(const Verdict verdict, Judge(tx, taken, completion, now));
  if (verdict.refusal) return Failed(tx, taken, *verdict.refusal, now);
  const PersonId person = persons_.Ensure(tx, *number, ids_.New<PersonId>(now), now);
  ASSIGN_OR_RETURN(const Login login,
                   Complete(*locked, {.person = person,
                                      .session = ids_.New<SessionId>(now),
                                      .certificate_policy = verdict.certificate_policy,
                                      .time = now}));
  logins_.SaveComplete(tx, login, {completion.name, verdict.address_differs});
  orders_.Delete(tx, taken.subject);
  Audit(tx, login, now);
  return absl::OkStatus();
}

absl::StatusOr<LoginEnds::Verdict> LoginEnds::Judge(postgres::Transaction& tx,
                                                    const TakenOrder& taken,
                                                    const BankIdCompletion& completion,
                                                    absl::Time now) {
  const absl::StatusOr<EvidenceFacts> facts =
      judge_.Judge(taken, completion, {std::string(kLoginIntention), ""}, now);
  if (!facts.ok()) return Verdict{EndOf(facts.status()), "", std::nullopt};
  if (IsHighRisk(completion.risk)) {
    return Verdict{FailedWith(taken, "transactionRiskBlocked"), "", std::nullopt};
  }
  ASSIGN_OR_RETURN(const std::optional<bool> differs, AddressDiffers(tx, taken, completion, now));
  if (differs.value_or(false) && rule_ == AddressRule::kEnforce) {
    return Verdict{EndOf(Refuse(kAddressDiffers)), "", differs};
  }
  return Verdict{std::nullopt, facts->certificate_policy, differs};
}

// The address of a phone that scans a code says nothing.
absl::StatusOr<std::optional<bool>> LoginEnds::AddressDiffers(postgres::Transaction& tx,
                                                              const TakenOrder& taken,
                                                              const BankIdCompletion& completion,
                                                              absl::Time now) {
  if (rule_ == AddressRule::kOff || taken.start != Start::kSameDevice) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string asked_from, logins_.AddressOf(tx, IdOf(taken)));
  const bool differs = !MayBeOneDevice(asked_from, completion.device_ip);
  if (differs) {
    ++addresses_differed_;
    log::Write(log::Level::kWarning, "the app has another address than the browser", now,
               {{"login_id", taken.subject.id()}});
  }
  return std::optional<bool>(differs);
}

absl::Status LoginEnds::Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                                  absl::Time /*now*/) {
  orders_.Delete(tx, taken.subject);
  return absl::OkStatus();
}

absl::Status LoginEnds::CancelledTooLate(postgres::Transaction& tx, const TakenOrder& taken,
                                         absl::Time now) {
  return Cancelled(tx, taken, now);
}

}  // namespace bitrade::identity
