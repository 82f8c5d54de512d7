#include "services/identity/oidc/provider.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/jws.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/token_answer.h"
#include "services/identity/oidc/user_info.h"

namespace bitrade::identity::oidc {
namespace {

// The largest of what providers answer, discovery and keys.
constexpr size_t kMaxReply = kLargestKeySet;
constexpr long kHttpOk = 200;

// The body of an answer 200, else what refuses.
absl::StatusOr<std::string> BodyOf(const absl::StatusOr<HttpsReply>& reply) {
  if (!reply.ok()) return RefusalOf(reply.status());
  if (reply->status != kHttpOk) return RefusalOf(*reply);
  return reply->body;
}

// A provider that announces `iss` sends it always: without it, the return may be another's.
absl::Status CheckReturnIssuer(const Return& brought, const Discovery& provider,
                               const Terms& terms) {
  const bool absent = brought.issuer.empty() && !provider.announces_iss;
  return absent || brought.issuer == terms.issuer ? absl::OkStatus() : Refused(Fault::kIssuer);
}

absl::Status CheckReturn(const Return& brought, const Discovery& provider, const Terms& terms) {
  RETURN_IF_ERROR(CheckReturnIssuer(brought, provider, terms));
  if (!brought.error.empty()) return RefusalOfReturn(brought.error);
  return brought.code.empty() ? Refused(Fault::kForm) : absl::OkStatus();
}

}  // namespace

// One log-in on its way from the return to the person.
struct Provider::Redeeming {
  Return brought;
  PersonDone done;
  std::shared_ptr<const Discovery> provider;
  std::string id_token;
  std::string access_token;
  std::optional<IdTokenFacts> facts;
};

absl::StatusOr<std::unique_ptr<Provider>> Provider::Start(const ProviderSettings& settings,
                                                          const Clock& clock) {
  ASSIGN_OR_RETURN(SigningKey key, SigningKey::Load(settings.key_file));
  ASSIGN_OR_RETURN(std::unique_ptr<HttpsClient> https,
                   HttpsClient::Start({.ca_file = settings.ca_file,
                                       .certificate_file = "",
                                       .key_file = "",
                                       .max_reply = kMaxReply}));
  return std::unique_ptr<Provider>(
      new Provider(settings.terms, std::move(key), clock, std::move(https)));
}

Provider::Provider(Terms terms, SigningKey key, const Clock& clock,
                   std::unique_ptr<HttpsClient> https)
    : terms_(std::move(terms)),
      key_(std::move(key)),
      clock_(clock),
      directory_(terms_.issuer, *https, clock),
      https_(std::move(https)) {}

void Provider::Begin(const LoginSecrets& secrets, UrlDone done) {
  directory_.Find([this, secrets, done = std::move(done)](
                      const absl::StatusOr<std::shared_ptr<const Discovery>>& provider) {
    if (!provider.ok()) return done(provider.status());
    done(AuthorizationUrl({terms_, **provider, key_, clock_.TimeNow()}, secrets));
  });
}

void Provider::Redeem(Return brought, PersonDone done) {
  auto redeeming = std::make_shared<Redeeming>();
  redeeming->brought = std::move(brought);
  redeeming->done = std::move(done);
  directory_.Find([this, redeeming](absl::StatusOr<std::shared_ptr<const Discovery>> provider) {
    if (!provider.ok()) return redeeming->done(provider.status());
    const absl::Status good = CheckReturn(redeeming->brought, **provider, terms_);
    if (!good.ok()) return redeeming->done(good);
    redeeming->provider = *std::move(provider);
    Exchange(redeeming);
  });
}

void Provider::Exchange(const RedeemingPtr& redeeming) {
  const Asking asking{terms_, *redeeming->provider, key_, clock_.TimeNow()};
  https_->Call(
      {.url = redeeming->provider->token_endpoint,
       .headers = {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"},
       .body =
           TokenRequest(asking, redeeming->brought.code, redeeming->brought.secrets.code_verifier)},
      [this, redeeming](const absl::StatusOr<HttpsReply>& reply) {
        CheckTokens(redeeming, reply);
      });
}

void Provider::CheckTokens(const RedeemingPtr& redeeming, const absl::StatusOr<HttpsReply>& reply) {
  const absl::StatusOr<std::string> body = BodyOf(reply);
  if (!body.ok()) return redeeming->done(body.status());
  const absl::StatusOr<TokenAnswer> answer = ReadTokenAnswer(*body);
  if (!answer.ok()) return redeeming->done(answer.status());
  redeeming->id_token = answer->id_token;
  redeeming->access_token = answer->access_token;
  Verify(*redeeming->provider, answer->id_token, TokenType::kJwt,
         [this, redeeming](const absl::StatusOr<JsonObject>& claims) {
           if (!claims.ok()) return redeeming->done(claims.status());
           absl::StatusOr<IdTokenFacts> facts =
               CheckIdToken(*claims, terms_,
                            {redeeming->brought.secrets.nonce, redeeming->access_token,
                             clock_.TimeNow(), redeeming->brought.auth_from});
           if (!facts.ok()) return redeeming->done(facts.status());
           redeeming->facts = *std::move(facts);
           AskUserInfo(redeeming);
         });
}

void Provider::AskUserInfo(const RedeemingPtr& redeeming) {
  https_->Call(
      {.url = redeeming->provider->userinfo_endpoint,
       .headers = {absl::StrCat("Authorization: Bearer ", redeeming->access_token),
                   "Accept: application/jwt"},
       .body = std::nullopt},
      [this, redeeming](const absl::StatusOr<HttpsReply>& reply) { CheckUser(redeeming, reply); });
}

void Provider::CheckUser(const RedeemingPtr& redeeming, const absl::StatusOr<HttpsReply>& reply) {
  const absl::StatusOr<std::string> body = BodyOf(reply);
  if (!body.ok()) return redeeming->done(body.status());
  // One in plain JSON is not signed.
  if (!absl::StartsWithIgnoreCase(reply->content_type, "application/jwt")) {
    return redeeming->done(Refused(Fault::kType));
  }
  Verify(*redeeming->provider, *body, TokenType::kJwt,
         [this, redeeming](const absl::StatusOr<JsonObject>& claims) {
           if (!claims.ok()) return redeeming->done(claims.status());
           absl::StatusOr<std::string> name =
               CheckUserInfo(*claims, terms_, *redeeming->facts, clock_.TimeNow());
           if (!name.ok()) return redeeming->done(name.status());
           redeeming->done(ProvedPerson{*std::move(redeeming->facts), *std::move(name),
                                        std::move(redeeming->id_token)});
         });
}

void Provider::Verify(const Discovery& provider, const std::string& token, TokenType type,
                      ClaimsDone done) {
  directory_.FindKeys(provider, KeyIdOf(token),
                      [token, type, done = std::move(done)](
                          const absl::StatusOr<std::shared_ptr<const KeySet>>& keys) {
                        if (!keys.ok()) return done(keys.status());
                        done(VerifyJws(token, type, **keys));
                      });
}

void Provider::ReadLogout(std::string token, LogoutDone done) {
  directory_.Find([this, token = std::move(token), done = std::move(done)](
                      const absl::StatusOr<std::shared_ptr<const Discovery>>& provider) {
    if (!provider.ok()) return done(provider.status());
    Verify(**provider, token, TokenType::kLogout,
           [this, done](const absl::StatusOr<JsonObject>& claims) {
             if (!claims.ok()) return done(claims.status());
             done(CheckLogoutToken(*claims, terms_, clock_.TimeNow()));
           });
  });
}

}  // namespace bitrade::identity::oidc
