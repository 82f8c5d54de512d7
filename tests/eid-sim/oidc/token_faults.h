// What may be wrong, on demand, with a signed token. Each is one thing that a relying party has to
// refuse.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/token_draft.h"

namespace bitrade::eidsim::oidc {

// The signed tokens, and by which name a fault is about one of them.
struct TokenKind {
  absl::string_view name;
  unsigned bit;
};
inline constexpr TokenKind kIdToken{"idToken", 1};
inline constexpr TokenKind kUserInfo{"userinfo", 2};
inline constexpr TokenKind kLogoutToken{"logoutToken", 4};

// Changes the draft when `fault` ("where.what") is about this kind of token.
void Strike(TokenKind kind, absl::string_view fault, TokenDraft& draft);

// The names of all faults that this kind of token can have, without "where.".
std::vector<absl::string_view> TokenFaults(TokenKind kind);

}  // namespace bitrade::eidsim::oidc
