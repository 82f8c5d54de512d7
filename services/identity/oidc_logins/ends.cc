#include "services/identity/oidc_logins/ends.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/identity/logins/trail.h"
#include "services/identity/oidc_logins/refusals.h"

namespace bitrade::identity {

absl::StatusOr<Login> OidcLoginEnds::End(postgres::Transaction& tx, const LoginId& id,
                                         const absl::StatusOr<oidc::ProvedPerson>& answer,
                                         absl::Time now) {
  if (!answer.ok() && TellRefusal(answer.status(), id.text(), now) == Refusal::kUnbelieved) {
    ++refused_;
  }
  const std::optional<Login> locked = parts_.logins.Lock(tx, id);
  if (!locked) return Refuse(kNotFound);
  const Login login = AsOf(*locked, now);
  if (login.state != LoginState::kPending) return login;
  audit::Circumstances around;
  around.Set(audit::Circumstance::kAddress, parts_.logins.AddressOf(tx, id).value_or(""));
  ASSIGN_OR_RETURN(const Login ended, answer.ok() ? Completed(tx, login, *answer, now)
                                                  : Failed(tx, login, answer.status()));
  WriteEnd(tx, ended, "oidc/return", std::move(around), now);
  return ended;
}

absl::StatusOr<Login> OidcLoginEnds::Failed(postgres::Transaction& tx, const Login& pending,
                                            const absl::Status& refusal) {
  ASSIGN_OR_RETURN(const Login failed, Fail(pending, ReasonOf(refusal)));
  parts_.logins.Save(tx, failed);
  return failed;
}

absl::StatusOr<Login> OidcLoginEnds::Completed(postgres::Transaction& tx, const Login& pending,
                                               const oidc::ProvedPerson& proved, absl::Time now) {
  const PersonId person =
      parts_.persons.Ensure(tx, proved.facts.number, parts_.ids.New<PersonId>(now), now);
  ASSIGN_OR_RETURN(const Login login, Complete(pending, {.person = person,
                                                         .session = parts_.ids.New<SessionId>(now),
                                                         .certificate_policy = proved.facts.level,
                                                         .time = now}));
  parts_.logins.SaveComplete(tx, login, {proved.name, std::nullopt});
  parts_.oidc_logins.KeepSession(tx, *login.completion,
                                 {issuer_, proved.facts.subject, proved.facts.session_id},
                                 proved.id_token);
  return login;
}

}  // namespace bitrade::identity
