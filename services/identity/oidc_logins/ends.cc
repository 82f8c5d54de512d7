#include "services/identity/oidc_logins/ends.h"

#include <optional>

#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"
#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity {
namespace {

// "LEVEL" or "invalid_client": the first thing that a refusal tells.
std::string FirstOf(const Metadata& metadata) {
  return metadata.empty() ? "" : metadata.front().second;
}

}  // namespace

absl::StatusOr<Login> OidcLoginEnds::End(postgres::Transaction& tx, const LoginId& id,
                                         const absl::StatusOr<oidc::ProvedPerson>& answer,
                                         absl::Time now) {
  if (!answer.ok()) Tell(answer.status(), id, now);
  const std::optional<Login> locked = parts_.logins.Lock(tx, id);
  if (!locked) return Refuse(kNotFound);
  const Login login = AsOf(*locked, now);
  if (login.state != LoginState::kPending) return login;
  if (answer.ok()) return Completed(tx, login, *answer, now);
  ASSIGN_OR_RETURN(const Login failed, Fail(login, ReasonOf(answer.status())));
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
                                 {issuer_, proved.facts.subject, proved.facts.session_id});
  return login;
}

// What an operator must know: somebody stands between the provider and us, or we are set up
// wrongly.
void OidcLoginEnds::Tell(const absl::Status& refusal, const LoginId& id, absl::Time now) {
  const ErrorDetails details = DetailsOf(refusal);
  const bool unbelieved = details.reason == oidc::kOidcAnswerRefused.name;
  if (unbelieved) ++refused_;
  if (!unbelieved && details.reason != oidc::kOidcFault.name) return;
  log::Write(
      log::Level::kError, "an answer of the openid provider is refused", now,
      {{"login_id", id.text()}, {"reason", details.reason}, {"fault", FirstOf(details.metadata)}});
}

}  // namespace bitrade::identity
