#include "gateway/handlers/login.h"

#include <chrono>
#include <utility>

#include "gateway/clients/identity.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/logins/login_answer.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/return_pages.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/token.h"
#include "gateway/transcoding/utf8.h"
#include "google/protobuf/empty.pb.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kCallTime{900};
constexpr absl::Duration kLoginCookieTime = absl::Minutes(10);
constexpr absl::Duration kDeviceCookieTime = absl::Hours(24 * 365);

// The name of an enum member that was chosen, "" where none was.
template <typename Enum>
std::string Chosen(Enum value, const std::string& name) {
  return value == Enum{} ? "" : name;
}

absl::Status UnknownPage() {
  Violations violations;
  violations.Add("returnPage", "UNKNOWN", "a page of the list, or none");
  return violations.ToStatus();
}

// A field of bytes that are no text would not be sent on.
std::string UserAgentOf(const http::Request& request) {
  const absl::string_view sent = request.Find("user-agent");
  return IsUtf8(sent) ? std::string(sent) : "";
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
  start.set_user_agent(UserAgentOf(exchange.request()));
  start.set_device_identifier(crypto::Sha256Hex(device));
  start.set_earlier_hash(SecretHashOf(exchange));
  start.set_return_page(request.return_page());
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
  if (!request.return_page().empty() && !pages_.Has(request.return_page())) {
    return exchange->Refuse(UnknownPage());
  }
  const std::string secret = NewToken();
  const absl::string_view known = exchange->Cookie(kDeviceCookie);
  const std::string device = IsToken(known) ? std::string(known) : NewToken();
  const bool at_provider = request.method() == v1::CreateLoginRequest::TELIA;
  const auto begun = [exchange, secret, device,
                      at_provider](const absl::StatusOr<identity::v1::Login>& login) {
    if (!login.ok()) return exchange->Refuse(login.status());
    exchange->AddHeader("Set-Cookie",
                        SetCookie(kLoginCookie, secret, SameSite::kLax, kLoginCookieTime));
    exchange->AddHeader("Set-Cookie",
                        SetCookie(kDeviceCookie, device, SameSite::kStrict, kDeviceCookieTime));
    exchange->AddHeader("Set-Cookie", SetCookie(kLoginDeviceCookie, crypto::Sha256Hex(device),
                                                SameSite::kLax, kLoginCookieTime));
    v1::Login shown = ShownLogin(*login, exchange->language());
    if (at_provider) shown.mutable_authorization_url()->swap(*shown.mutable_launch_url());
    exchange->Answer(shown);
  };
  identity::v1::StartLoginRequest start = StartFor(*exchange, request, secret, device);
  const rpc::Outgoing outgoing = exchange->OutgoingFor(kProviderTime);
  if (!at_provider) {
    return identity_.StartLogin(outgoing, std::move(start), begun);
  }
  identity::v1::StartOidcLoginRequest oidc;
  *oidc.mutable_login() = std::move(start);
  oidc_logins_.Start(outgoing, std::move(oidc), begun);
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
                       entry_.Enter(exchange, std::move(shown),
                                    [exchange](const absl::StatusOr<v1::Login>& entered) {
                                      entered.ok() ? exchange->Answer(*entered)
                                                   : exchange->Refuse(entered.status());
                                    });
                     });
}

void LoginHandler::Cancel(const ExchangePtr& exchange, const v1::CancelLoginRequest& request) {
  identity::v1::CancelLoginRequest asked;
  asked.set_id(request.id());
  asked.set_secret_hash(SecretHashOf(*exchange));
  if (asked.secret_hash().empty()) return exchange->Refuse(Refuse(kNotFound));
  identity_.CancelLogin(exchange->OutgoingFor(kCallTime), std::move(asked),
                        [exchange](const absl::StatusOr<identity::v1::Login>& login) {
                          if (!login.ok()) return exchange->Refuse(login.status());
                          exchange->AddHeader("Set-Cookie", ClearCookie(kLoginCookie));
                          exchange->Answer(google::protobuf::Empty::default_instance());
                        });
}

}  // namespace bitrade::gateway
