#include "services/identity/oidc/token_answer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

// Source: RFC 6750, 2.1 (b64token).
bool IsBearerToken(absl::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-._~+/=", c);
  });
}

}  // namespace

absl::StatusOr<TokenAnswer> ReadTokenAnswer(absl::string_view json) {
  ASSIGN_OR_RETURN(const JsonObject object, JsonObject::Parse(json));
  TokenAnswer answer{.id_token = object.Text("id_token"),
                     .access_token = object.Text("access_token")};
  const bool good = absl::EqualsIgnoreCase(object.Text("token_type"), "Bearer") &&
                    !answer.id_token.empty() && IsBearerToken(answer.access_token);
  if (!good) return Refused(Fault::kForm);
  return answer;
}

}  // namespace bitrade::identity::oidc
