#include "gateway/logins/login_answer.h"

namespace bitrade::gateway {

const Reason kNotInRegister{
    "NOT_IN_REGISTER",
    absl::StatusCode::kPermissionDenied,
    {"Not in the register",
     "You are not in the register of public counsel, and nobody there has given you authority."},
    {"Finns inte i registret",
     "Du finns inte i registret över offentliga biträden, och ingen i registret har gett dig "
     "behörighet."}};

// What is complete at the provider goes on when the browser is back.
v1::Login ShownLogin(const identity::v1::Login& login, Language language) {
  v1::Login shown;
  shown.set_id(login.id());
  shown.set_hint(login.hint());
  shown.set_message_key(login.message_key());
  shown.set_message(language == Language::kSwedish ? login.message_swedish()
                                                   : login.message_english());
  shown.set_qr(login.qr());
  shown.set_launch_url(login.launch_url());
  shown.set_reason(login.reason());
  shown.set_state(static_cast<v1::Login::State>(login.state()));
  shown.set_next(v1::Login::DONE);
  const bool pending = login.state() == identity::v1::Login::PENDING;
  const bool complete = login.state() == identity::v1::Login::COMPLETE;
  if (pending || (complete && login.awaits_return())) ShowPending(shown);
  if (shown.next() == v1::Login::POLL && login.awaits_return()) shown.set_next(v1::Login::RETURN);
  *shown.mutable_expire_time() = login.expire_time();
  return shown;
}

void ShowPending(v1::Login& login) {
  login.set_state(v1::Login::PENDING);
  login.set_next(v1::Login::POLL);
}

void ShowFailed(const absl::Status& refusal, Language language, v1::Login& login) {
  const ErrorDetails details = DetailsOf(refusal);
  login.set_state(v1::Login::FAILED);
  login.set_next(v1::Login::DONE);
  login.set_reason(details.reason);
  login.set_message(language == Language::kSwedish ? details.swedish_detail
                                                   : details.english_detail);
}

}  // namespace bitrade::gateway
