// A provider, its control interface, and a relying party that does everything right, so that each
// test can do one thing otherwise.
#pragma once

#include <string>

#include "services/common/testing/fakes.h"
#include "tests/eid-sim/oidc/control.h"
#include "tests/eid-sim/oidc/form.h"
#include "tests/eid-sim/oidc/json_members.h"
#include "tests/eid-sim/oidc/provider.h"

namespace bitrade::eidsim::oidc::testing {

inline constexpr char kIssuer[] = "https://localhost:7482";
inline constexpr char kCallback[] = "https://bitrade.example/bitrade/v1/logins/telia-return";
inline constexpr char kNumber[] = "191212121212";
inline constexpr char kState[] = "c3RhdGUtc3RhdGUtc3RhdGU";
inline constexpr char kNonce[] = "bm9uY2Utbm9uY2Utbm9uY2U";
inline constexpr char kVerifier[] = "dmVyaWZpZXItdmVyaWZpZXItdmVyaWZpZXItdmVyaWZpZXI";

struct RelyingParty {
  bitrade::testing::FakeClock clock{absl::FromUnixSeconds(1764000000)};
  Provider provider;
  Control control;
  SigningKey key;

  RelyingParty();

  HttpAnswer Get(const std::string& target, const std::string& authorization = "");
  HttpAnswer Post(const std::string& path, const Parameters& form);
  HttpAnswer Call(const std::string& method, const std::string& path, const std::string& body);

  // A JWT of ours.
  std::string Signed(const JsonMembers& claims) const;

  // The claims of a request object as the Swedish profile wants them.
  JsonMembers Wanted() const;
  HttpAnswer Ask(const JsonMembers& claims);

  // Asks and returns the id of the open request.
  std::string Begin();

  // Approves by the control interface and returns the parameters of the callback.
  Form Approved(const std::string& id, const std::string& more = "");

  JsonMembers Assertion();
  Parameters TokenForm(const std::string& code);
  HttpAnswer Redeem(const Parameters& form) { return Post("/token", form); }

  // Logs in altogether; `more` is added to the approval: ,"fault":"…". Returns the token answer.
  HttpAnswer LogIn(const std::string& more = "");

 private:
  int assertions_ = 0;
};

// A text member of a JSON object.
std::string TextOf(const std::string& json, const char* name);

// The payload of a JWT, whoever signed it, and its header.
std::string PayloadOf(const std::string& token);
std::string HeaderOf(const std::string& token);

// Where an answer leads.
std::string LocationOf(const HttpAnswer& answer);

// The parameters of a URL.
Form QueryOf(const std::string& url);

}  // namespace bitrade::eidsim::oidc::testing
