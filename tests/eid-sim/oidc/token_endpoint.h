// The endpoints that a relying party calls itself: tokens, UserInfo, and the end of a session.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/oidc/form.h"
#include "tests/eid-sim/oidc/provider_parts.h"

namespace bitrade::eidsim::oidc {

// Gives an ID token and an access token for a code.
HttpAnswer GiveTokens(const Form& form, ProviderParts& parts);

// `authorization` is the header.
HttpAnswer TellUser(absl::string_view authorization, ProviderParts& parts);

// Ends the session that the ID token tells of, and leads to a page of the client.
// Source: OpenID Connect RP-Initiated Logout 2.
HttpAnswer EndSession(const Form& parameters, ProviderParts& parts);

// The names of all faults of a token answer, without "tokenAnswer.".
std::vector<absl::string_view> TokenAnswerFaults();

}  // namespace bitrade::eidsim::oidc
