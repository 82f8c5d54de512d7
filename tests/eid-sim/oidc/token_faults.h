// What may be wrong, on demand, with a signed token. Each is one thing that a relying party has to
// refuse.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/token_draft.h"

namespace bitrade::eidsim::oidc {

// "idToken", "userinfo" or "logoutToken".
struct TokenKind {
  absl::string_view name;
};
inline constexpr TokenKind kIdToken{"idToken"};
inline constexpr TokenKind kUserInfo{"userinfo"};
inline constexpr TokenKind kLogoutToken{"logoutToken"};

// Changes the draft when `fault` ("where.what") is about this kind of token.
void Strike(TokenKind kind, absl::string_view fault, TokenDraft& draft);

// The names of all faults, without "where.".
std::vector<absl::string_view> TokenFaults();

}  // namespace bitrade::eidsim::oidc
