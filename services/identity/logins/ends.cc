#include "services/identity/logins/ends.h"

#include <optional>
#include <utility>

#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/log/log.h"
#include "services/identity/domain/address.h"
#include "services/identity/logins/trail.h"

namespace bitrade::identity {
namespace {

LoginId IdOf(const TakenOrder& taken) { return LoginId::Trusted(taken.subject.id()); }

OrderProgress FailedWith(const TakenOrder& taken, absl::string_view hint) {
  return InterpretOrder("failed", hint, taken.method, taken.start);
}

constexpr char kCollected[] = "bankid/collect";

// What no key of ours opens stays out of the trail; the end is recorded all the same.
audit::Circumstances Around(const TakenOrder& taken, const absl::StatusOr<std::string>& address) {
  audit::Circumstances around;
  around.Set(audit::Circumstance::kAddress, address.ok() ? *address : "");
  around.Set(audit::Circumstance::kOrderId, taken.order_ref.ok() ? *taken.order_ref : "");
  return around;
}

}  // namespace

absl::Status LoginEnds::Failed(postgres::Transaction& tx, const TakenOrder& taken,
                               const OrderProgress& progress, absl::Time now) {
  return Deny(tx, taken, {progress, Around(taken, logins_.AddressOf(tx, IdOf(taken)))}, now);
}

absl::Status LoginEnds::Deny(postgres::Transaction& tx, const TakenOrder& taken,
                             const Denial& denial, absl::Time now) {
  const std::optional<Login> locked = logins_.Lock(tx, IdOf(taken));
  orders_.Delete(tx, taken.subject);
  if (!locked || locked->state != LoginState::kPending) return absl::OkStatus();
  Login login = AsOf(*locked, now);
  if (login.state == LoginState::kPending) {
    ASSIGN_OR_RETURN(login, Advance(std::move(login), denial.progress));
  }
  logins_.Save(tx, login);
  WriteEnd(tx, login, kCollected, denial.around, now);
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
  const absl::StatusOr<std::string> asked_from = logins_.AddressOf(tx, IdOf(taken));
  audit::Circumstances around = Around(taken, asked_from);
  around.Set(audit::Circumstance::kRisk, completion.risk);
  if (!open) return Deny(tx, taken, {{}, around}, now);
  const auto number = PersonNumber::Parse(completion.personal_number, SwedishDay(now));
  // Who has a coordination number can have no BankID.
  if (!number.ok() || number->is_coordination()) {
    return Deny(tx, taken, {FailedWith(taken, ""), around}, now);
  }
  orders_.KeepEvidence(tx, taken.subject,
                       {completion.signature, completion.ocsp_response, completion.risk});
  ASSIGN_OR_RETURN(const Verdict verdict, Judge(taken, completion, asked_from, now));
  if (verdict.refusal) return Deny(tx, taken, {*verdict.refusal, around}, now);
  const PersonId person = persons_.Ensure(tx, *number, ids_.New<PersonId>(now), now);
  ASSIGN_OR_RETURN(const Login login,
                   Complete(*locked, {.person = person,
                                      .session = ids_.New<SessionId>(now),
                                      .certificate_policy = verdict.certificate_policy,
                                      .time = now}));
  logins_.SaveComplete(tx, login, {completion.name, verdict.address_differs});
  orders_.Delete(tx, taken.subject);
  WriteEnd(tx, login, kCollected, std::move(around), now);
  return absl::OkStatus();
}

absl::StatusOr<LoginEnds::Verdict> LoginEnds::Judge(const TakenOrder& taken,
                                                    const BankIdCompletion& completion,
                                                    const absl::StatusOr<std::string>& asked_from,
                                                    absl::Time now) {
  const absl::StatusOr<EvidenceFacts> facts =
      judge_.Judge(taken, completion, {std::string(kLoginIntention), ""}, now);
  if (!facts.ok()) return Verdict{EndOf(facts.status()), "", std::nullopt};
  if (IsHighRisk(completion.risk)) {
    return Verdict{FailedWith(taken, "transactionRiskBlocked"), "", std::nullopt};
  }
  ASSIGN_OR_RETURN(const std::optional<bool> differs,
                   AddressDiffers(taken, completion, asked_from, now));
  if (differs.value_or(false) && rule_ == AddressRule::kEnforce) {
    return Verdict{EndOf(Refuse(kAddressDiffers)), "", differs};
  }
  return Verdict{std::nullopt, facts->certificate_policy, differs};
}

// The address of a phone that scans a code says nothing.
absl::StatusOr<std::optional<bool>> LoginEnds::AddressDiffers(
    const TakenOrder& taken, const BankIdCompletion& completion,
    const absl::StatusOr<std::string>& asked_from, absl::Time now) {
  if (rule_ == AddressRule::kOff || taken.start != Start::kSameDevice) return std::nullopt;
  RETURN_IF_ERROR(asked_from.status());
  const bool differs = !MayBeOneDevice(*asked_from, completion.device_ip);
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
