// One OpenID provider, as log-ins use it: where the browser is sent, and who comes back.
//
//   ASSIGN_OR_RETURN(const auto provider, Provider::Start(settings, clock));
//   provider->Begin(secrets, [](absl::StatusOr<std::string> url) { … });
//   provider->Redeem({.code = code, .secrets = secrets}, [](absl::StatusOr<ProvedPerson> who) { …
//   });
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/common/base/person_number.h"
#include "services/identity/https/https_client.h"
#include "services/identity/oidc/directory.h"
#include "services/identity/oidc/id_token.h"
#include "services/identity/oidc/jws.h"
#include "services/identity/oidc/keys.h"
#include "services/identity/oidc/logout_token.h"
#include "services/identity/oidc/requests.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

struct ProviderSettings {
  Terms terms;
  std::string key_file;  // ours, PEM, on P-256
  std::string ca_file;   // of the provider's server certificate; the only one that is trusted
};

// What the browser brings back, and the secrets of the log-in that it belongs to: the caller has
// compared the state, and lets it count once.
struct Return {
  std::string code;
  std::string error;   // "access_denied"; "" for none
  std::string issuer;  // `iss`; "" for none
  LoginSecrets secrets;
  absl::Time auth_from = absl::InfinitePast();  // an authentication before it does not count
};

struct ProvedPerson {
  IdTokenFacts facts;
  std::string name;      // "" where the provider tells none
  std::string id_token;  // as it came
};

// Calls return at once. Each callback is called exactly once, at once or on the provider's own
// thread, which it must not hold up. Destroying the provider ends open calls with OIDC_UNAVAILABLE.
// Thread-safe, except that a callback must not destroy it.
//
// Errors of every call: OIDC_UNAVAILABLE, OIDC_FAULT, OIDC_ANSWER_REFUSED.
class Provider {
 public:
  using UrlDone = std::function<void(absl::StatusOr<std::string>)>;
  using PersonDone = std::function<void(absl::StatusOr<ProvedPerson>)>;
  using AddressesDone = std::function<void(absl::StatusOr<std::shared_ptr<const Discovery>>)>;
  using LogoutDone = std::function<void(absl::StatusOr<LogoutFacts>)>;

  // Errors: FAILED_PRECONDITION with a sentence for the operator. `clock` must outlive it.
  static absl::StatusOr<std::unique_ptr<Provider>> Start(const ProviderSettings& settings,
                                                         const Clock& clock);

  // Makes the address that the browser is sent to.
  void Begin(const LoginSecrets& secrets, UrlDone done);

  // Exchanges the code for tokens, checks them, and asks for the person's name.
  //
  // Errors: OIDC_ACCESS_DENIED, OIDC_LEVEL_TOO_LOW, OIDC_CODE_REFUSED.
  void Redeem(Return brought, PersonDone done);

  // Checks a logout token that somebody says is the provider's.
  void ReadLogout(std::string token, LogoutDone done);

  // Finds the provider's addresses.
  void FindAddresses(AddressesDone done) { directory_.Find(std::move(done)); }

  const Terms& terms() const { return terms_; }
  const std::string& issuer() const { return terms_.issuer; }
  // Our public key, for the provider's register of clients.
  std::string PublicJwk() const { return key_.PublicJwk(); }

 private:
  struct Redeeming;
  using RedeemingPtr = std::shared_ptr<Redeeming>;
  using ClaimsDone = std::function<void(absl::StatusOr<JsonObject>)>;

  Provider(Terms terms, SigningKey key, const Clock& clock, std::unique_ptr<HttpsClient> https);

  void Exchange(const RedeemingPtr& redeeming);
  void CheckTokens(const RedeemingPtr& redeeming, const absl::StatusOr<HttpsReply>& reply);
  void AskUserInfo(const RedeemingPtr& redeeming);
  void CheckUser(const RedeemingPtr& redeeming, const absl::StatusOr<HttpsReply>& reply);
  void Verify(const Discovery& provider, const std::string& token, TokenType type, ClaimsDone done);

  const Terms terms_;
  const SigningKey key_;
  const Clock& clock_;
  Directory directory_;
  // Last: its destructor calls back, into the others.
  std::unique_ptr<HttpsClient> https_;
};

}  // namespace bitrade::identity::oidc
