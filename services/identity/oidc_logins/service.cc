#include "services/identity/oidc_logins/service.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/change_twice.h"
#include "services/identity/logins/give_up.h"
#include "services/identity/logins/start_note.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/requests.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {
namespace {

absl::StatusOr<Wish> WishOf(const v1::StartOidcLoginRequest& request) {
  ASSIGN_OR_RETURN(Wish wish, FromProto(request.login()));
  if (wish.method != Method::kTelia) return Refuse(kLoginMethodUnavailable);
  return wish;
}

Login NewLogin(const Wish& wish, const LoginId& id, absl::Time now) {
  return {.id = id,
          .method = wish.method,
          .start = wish.start,
          .purpose = wish.purpose,
          .create_time = now,
          .completion = std::nullopt,
          .return_time = std::nullopt,
          .return_page = wish.return_page};
}

absl::StatusOr<v1::BeginOidcLogoutResponse> LogoutBegun(const OidcLoginParts& parts,
                                                        rpc::Changing& changing,
                                                        const v1::BeginOidcLogoutRequest& request,
                                                        const oidc::Discovery& provider) {
  const auto verified = parts.verifier.Verify(request.ticket(), changing.now());
  if (!verified.ok()) return Refuse(kTicketInvalid);
  ASSIGN_OR_RETURN(const Ticket held, ReadTicket(**verified));
  changing.Saw(held.person.text());
  changing.Saw(held.session.text());
  ASSIGN_OR_RETURN(const std::optional<std::string> id_token,
                   parts.oidc_logins.IdTokenOf(changing.tx(), {held.person, held.session}));
  if (!id_token) return Refuse(kNotFound);
  v1::BeginOidcLogoutResponse response;
  response.set_state(oidc::NewSecrets().state);
  response.set_logout_url(
      oidc::LogoutUrl(parts.provider->terms(), provider, *id_token, response.state()));
  if (response.logout_url().empty()) return Refuse(kNotFound);
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* OidcLoginService::StartOidcLogin(grpc::CallbackServerContext* context,
                                                           const v1::StartOidcLoginRequest* request,
                                                           v1::Login* response) {
  return rpc_.ChangeWith<Begun>(
      *context, *request, *response,
      [this](const rpc::Outgoing& /*outgoing*/, const auto& asked, auto done) {
        Begin(asked, std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const Begun& begun) {
        return Started(changing, asked, begun);
      });
}

void OidcLoginService::Begin(const v1::StartOidcLoginRequest& request,
                             std::function<void(absl::StatusOr<Begun>)> done) {
  const absl::StatusOr<Wish> wish = WishOf(request);
  if (!wish.ok()) return done(wish.status());
  if (parts_.provider == nullptr) return done(Refuse(kLoginMethodUnavailable));
  const oidc::LoginSecrets secrets = oidc::NewSecrets();
  parts_.provider->Begin(secrets,
                         [secrets, done = std::move(done)](absl::StatusOr<std::string> url) {
                           done(Begun{std::move(url), secrets});
                         });
}

absl::StatusOr<v1::Login> OidcLoginService::Started(rpc::Changing& changing,
                                                    const v1::StartOidcLoginRequest& request,
                                                    const Begun& begun) {
  ASSIGN_OR_RETURN(Wish wish, WishOf(request));
  NoteStart(changing, wish, begun.url.status());
  RETURN_IF_ERROR(begun.url.status());
  wish.browser.nonce_hash = crypto::Sha256(begun.secrets.state);
  GiveUpEarlier(changing, {parts_.logins, parts_.orders}, wish.browser);
  parts_.oidc_logins.Forget(changing.tx(), changing.now());
  const Login login = NewLogin(wish, changing.NewId<LoginId>(), changing.now());
  if (!parts_.logins.Insert(changing.tx(), login, wish.browser)) return Refuse(kLoginStartedTwice);
  parts_.oidc_logins.Insert(changing.tx(), login.id, begun.secrets);
  changing.Saw(login.id.text());
  return ToProto(login, {.qr = "", .launch_url = *begun.url}, changing.now());
}

grpc::ServerUnaryReactor* OidcLoginService::ReturnOidcLogin(
    grpc::CallbackServerContext* context, const v1::ReturnOidcLoginRequest* request,
    v1::Login* response) {
  return rpc::ChangeTwice<CameBack, oidc::ProvedPerson>(
      rpc_, *context, *request, *response,
      rpc::Turns{
          [this](rpc::Changing& changing, const auto& asked) { return Claim(changing, asked); },
          Redeeming(parts_.provider),
          [this](rpc::Changing& changing, const CameBack& back, const auto& answer) {
            return Settled(changing, back.id, answer);
          }});
}

// Whatever becomes of it, no state counts twice.
absl::StatusOr<CameBack> OidcLoginService::Claim(rpc::Changing& changing,
                                                 const v1::ReturnOidcLoginRequest& request) {
  if (parts_.provider == nullptr) return Refuse(kLoginReturnRefused);
  const auto login = parts_.logins.LockReturning(changing.tx(), request.secret_hash(),
                                                 crypto::Sha256(request.state()));
  if (!login || login->method != Method::kTelia) return Refuse(kLoginReturnRefused);
  ASSIGN_OR_RETURN(const Login returned, Return(*login, changing.now()));
  parts_.logins.Save(changing.tx(), returned);
  ASSIGN_OR_RETURN(std::optional<oidc::LoginSecrets> secrets,
                   parts_.oidc_logins.Take(changing.tx(), login->id));
  if (!secrets) return Refuse(kLoginReturnRefused);
  return CameBack{login->id.text(), BroughtIn(request, *std::move(secrets))};
}

absl::StatusOr<v1::Login> OidcLoginService::Settled(
    rpc::Changing& changing, const std::string& id,
    const absl::StatusOr<oidc::ProvedPerson>& answer) {
  changing.Saw(id);
  ASSIGN_OR_RETURN(const Login login,
                   parts_.ends.End(changing.tx(), LoginId::Trusted(id), answer, changing.now()));
  if (login.completion) changing.Saw(login.completion->person.text());
  return ToProto(login, {}, changing.now());
}

grpc::ServerUnaryReactor* OidcLoginService::BeginOidcLogout(
    grpc::CallbackServerContext* context, const v1::BeginOidcLogoutRequest* request,
    v1::BeginOidcLogoutResponse* response) {
  using Addresses = std::shared_ptr<const oidc::Discovery>;
  return rpc_.ChangeWith<Addresses>(
      *context, *request, *response,
      [this](const rpc::Outgoing& /*outgoing*/, const auto& /*asked*/, auto done) {
        if (parts_.provider == nullptr) return done(Refuse(kNotFound));
        parts_.provider->FindAddresses(std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const Addresses& provider) {
        return LogoutBegun(parts_, changing, asked, *provider);
      });
}

grpc::ServerUnaryReactor* OidcLoginService::EndOidcSessions(
    grpc::CallbackServerContext* context, const v1::EndOidcSessionsRequest* request,
    v1::EndOidcSessionsResponse* response) {
  return rpc_.ChangeWith<oidc::LogoutFacts>(
      *context, *request, *response,
      [this](const rpc::Outgoing& /*outgoing*/, const auto& asked, auto done) {
        if (parts_.provider == nullptr) return done(oidc::Refused(oidc::Fault::kIssuer));
        parts_.provider->ReadLogout(asked.logout_token(), std::move(done));
      },
      [this](rpc::Changing& changing, const auto& /*asked*/, const oidc::LogoutFacts& facts) {
        return Ended(changing, facts);
      });
}

absl::StatusOr<v1::EndOidcSessionsResponse> OidcLoginService::Ended(
    rpc::Changing& changing, const oidc::LogoutFacts& facts) {
  parts_.oidc_logins.Forget(changing.tx(), changing.now());
  if (!parts_.oidc_logins.Count(changing.tx(), facts.token_id, facts.expire_time)) {
    return oidc::Refused(oidc::Fault::kTokenId);
  }
  changing.Note(audit::Circumstance::kWhy, "PROVIDER");
  const ProviderSession ended{parts_.provider->issuer(), facts.subject, facts.session_id};
  for (const OwnedSession& session : parts_.oidc_logins.SessionsOf(changing.tx(), ended)) {
    parts_.revocations.End(changing.tx(), session, changing.now());
    changing.Saw(session.person.text());
    changing.Saw(session.session.text());
  }
  return v1::EndOidcSessionsResponse();
}

}  // namespace bitrade::identity
