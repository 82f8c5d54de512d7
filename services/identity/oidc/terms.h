// What we agreed upon with an OpenID provider: settings, none of which comes from a browser.
#pragma once

#include <string>
#include <vector>

namespace bitrade::identity::oidc {

// Whether a person may have a coordination number (samordningsnummer) whose level is `confirmed`.
enum class CoordinationNumbers { kRefused, kConfirmed };

struct Terms {
  std::string issuer;  // exactly as the provider writes it
  std::string client_id;
  std::string redirect_uri;
  // Where the browser goes when it has ended its session at the provider; "" for nowhere.
  std::string logout_redirect_uri;
  // Levels of assurance (acr) that we ask for and accept.
  std::vector<std::string> levels;
  // Which e-legitimation behind a broker, by its identifier; "" for a provider of one.
  std::string authn_provider;
  CoordinationNumbers coordination_numbers = CoordinationNumbers::kRefused;
};

// Levels 3 and 4 of Digg's framework of trust (Swedish: tillitsramverket), which public counsel
// need.
inline const std::vector<std::string> kAcceptedLevels{"http://id.elegnamnden.se/loa/1.0/loa3",
                                                      "http://id.elegnamnden.se/loa/1.0/loa4"};
// Level 3 as the provider says itself: nobody has reviewed it.
inline constexpr char kUncertifiedLevel[] = "http://id.swedenconnect.se/loa/1.0/uncertified-loa3";

}  // namespace bitrade::identity::oidc
