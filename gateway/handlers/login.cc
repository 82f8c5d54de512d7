#include "gateway/handlers/login.h"

#include <chrono>
#include <utility>

#include "gateway/clients/identity.h"
#include "gateway/clients/registry.h"
#include "gateway/handlers/login_answer.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/session_store.h"
#include "gateway/sessions/token.h"
#include "google/protobuf/empty.pb.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

// Identity asks the provider before it answers.
constexpr std::chrono::milliseconds kProviderTime{5000};
constexpr std::chrono::milliseconds kCallTime{900};
constexpr absl::Duration kLoginCookieTime = absl::Minutes(10);
constexpr absl::Duration kDeviceCookieTime = absl::Hours(24 * 365);

// The name of an enum member that was chosen, "" where none was.
template <typename Enum>
std::string Chosen(Enum value, const std::string& name) {
  return value == Enum{} ? "" : name;
}

// What identity keeps of the cookie; "" for a browser that has none, who sees no log-in.
std::string SecretHashOf(const Exchange& exchange) {
  const absl::string_view cookie = exchange.Cookie(kLoginCookie);
  return IsToken(cookie) ? crypto::Sha256(cookie) : "";
}

// Whether the browser is told to ask again instead of being refused.
bool IsPassing(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

identity::v1::StartLoginRequest StartFor(const Exchange& exchange,
                                         const v1::CreateLoginRequest& request,
                                         absl::string_view secret, absl::string_view device) {
  identity::v1::StartLoginRequest start;
  start.set_method(Chosen(request.method(), v1::CreateLoginRequest::Method_Name(request.method())));
  start.set_start(Chosen(request.start(), v1::CreateLoginRequest::Start_Name(request.start())));
  start.set_purpose(v1::CreateLoginRequest::Purpose_Name(request.purpose()));
  start.set_secret_hash(crypto::Sha256(secret));
  start.set_end_user_ip(exchange.request().peer_address);
  start.set_user_agent(std::string(exchange.request().Find("user-agent")));
  start.set_device_identifier(crypto::Sha256Hex(device));
  return start;
}

}  // namespace

void LoginHandler::AddTo(Handlers& handlers) {
  handlers.Add<v1::CreateLoginRequest>(
      [this](const auto& exchange, const auto& request) { Create(exchange, request); });
  handlers.Add<v1::GetLoginRequest>(
      [this](const auto& exchange, const auto& request) { Get(exchange, request); });
  handlers.Add<v1::CancelLoginRequest>(
      [this](const auto& exchange, const auto& request) { Cancel(exchange, request); });
}

// A secret of the browser's choosing is never taken: whoever planted it would share the log-in.
void LoginHandler::Create(const ExchangePtr& exchange, const v1::CreateLoginRequest& request) {
  const std::string secret = NewToken();
  const absl::string_view known = exchange->Cookie(kDeviceCookie);
  const std::string device = IsToken(known) ? std::string(known) : NewToken();
  identity_.StartLogin(
      exchange->OutgoingFor(kProviderTime), StartFor(*exchange, request, secret, device),
      [exchange, secret, device](const absl::StatusOr<identity::v1::Login>& login) {
        if (!login.ok()) return exchange->Refuse(login.status());
        exchange->AddHeader("Set-Cookie",
                            SetCookie(kLoginCookie, secret, SameSite::kLax, kLoginCookieTime));
        exchange->AddHeader("Set-Cookie",
                            SetCookie(kDeviceCookie, device, SameSite::kStrict, kDeviceCookieTime));
        exchange->Answer(ShownLogin(*login, exchange->language()));
      });
}

void LoginHandler::Get(const ExchangePtr& exchange, const v1::GetLoginRequest& request) {
  identity::v1::GetLoginRequest asked;
  asked.set_id(request.id());
  asked.set_secret_hash(SecretHashOf(*exchange));
  if (asked.secret_hash().empty()) return exchange->Refuse(Refuse(kNotFound));
  identity_.GetLogin(exchange->OutgoingFor(kCallTime), std::move(asked),
                     [this, exchange](const absl::StatusOr<identity::v1::Login>& login) {
                       if (!login.ok()) return exchange->Refuse(login.status());
                       v1::Login shown = ShownLogin(*login, exchange->language());
                       if (shown.state() != v1::Login::COMPLETE) return exchange->Answer(shown);
                       TakeUp(std::make_shared<Entry>(Entry{exchange, std::move(shown), {}}));
                     });
}

void LoginHandler::TakeUp(const EntryPtr& entry) {
  identity::v1::TakeUpLoginRequest asked;
  asked.set_id(entry->answer.id());
  asked.set_secret_hash(SecretHashOf(*entry->exchange));
  identity_.TakeUpLogin(entry->exchange->OutgoingFor(kCallTime), std::move(asked),
                        [this, entry](absl::StatusOr<identity::v1::TakeUpLoginResponse> person) {
                          Exchange& exchange = *entry->exchange;
                          if (person.ok()) {
                            entry->person = *std::move(person);
                            return AskProfiles(entry);
                          }
                          if (person.status().code() != absl::StatusCode::kFailedPrecondition) {
                            return exchange.Refuse(person.status());
                          }
                          ShowFailed(person.status(), exchange.language(), entry->answer);
                          exchange.Answer(entry->answer);
                        });
}

void LoginHandler::AskProfiles(const EntryPtr& entry) {
  registry_.ListProfiles(
      entry->exchange->OutgoingFor(kCallTime), entry->person.ticket(),
      [this, entry](const absl::StatusOr<registry::v1::ListProfilesResponse>& profiles) {
        Exchange& exchange = *entry->exchange;
        if (profiles.ok() && !profiles->profiles().empty()) {
          return Enter(entry, profiles->profiles(0));
        }
        if (profiles.ok()) {
          ShowFailed(Refuse(kNotInRegister), exchange.language(), entry->answer);
          entry->answer.set_contact_address(contact_address_);
        } else if (IsPassing(profiles.status())) {
          ShowPending(entry->answer);
        } else {
          return exchange.Refuse(profiles.status());
        }
        exchange.Answer(entry->answer);
      });
}

v1::StoredSession LoginHandler::SessionFor(const Entry& entry,
                                           const registry::v1::Profile& profile) const {
  const identity::v1::TakeUpLoginResponse& person = entry.person;
  v1::StoredSession session;
  session.set_session_id(person.session_id());
  session.set_person_id(person.person_id());
  session.set_acting_for(profile.counsel_id());
  session.set_name(person.name());
  session.set_method(person.method());
  session.set_csrf_token(NewToken());
  session.set_ticket(person.ticket());
  session.set_ticket_expire_time_s(person.ticket_expire_time().seconds());
  session.set_auth_time_s(person.auth_time().seconds());
  session.set_absolute_expire_time_s(
      absl::ToUnixSeconds(entry.exchange->now() + sessions_.times().absolute));
  return session;
}

void LoginHandler::Enter(const EntryPtr& entry, const registry::v1::Profile& profile) {
  const std::string token = NewToken();
  sessions_.Create(
      SessionKeyOf(token), SessionFor(*entry, profile), [entry, token](const absl::Status& kept) {
        Exchange& exchange = *entry->exchange;
        if (kept.ok()) {
          exchange.AddHeader("Set-Cookie", SetCookie(kSessionCookie, token, SameSite::kStrict));
          exchange.AddHeader("Set-Cookie", ClearCookie(kLoginCookie));
        } else {
          ShowPending(entry->answer);
        }
        exchange.Answer(entry->answer);
      });
}

void LoginHandler::Cancel(const ExchangePtr& exchange, const v1::CancelLoginRequest& request) {
  identity::v1::CancelLoginRequest asked;
  asked.set_id(request.id());
  asked.set_secret_hash(SecretHashOf(*exchange));
  if (asked.secret_hash().empty()) return exchange->Refuse(Refuse(kNotFound));
  identity_.CancelLogin(exchange->OutgoingFor(kProviderTime), std::move(asked),
                        [exchange](const absl::StatusOr<identity::v1::Login>& login) {
                          if (!login.ok()) return exchange->Refuse(login.status());
                          exchange->AddHeader("Set-Cookie", ClearCookie(kLoginCookie));
                          exchange->Answer(google::protobuf::Empty::default_instance());
                        });
}

}  // namespace bitrade::gateway
