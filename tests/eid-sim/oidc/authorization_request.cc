#include "tests/eid-sim/oidc/authorization_request.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/oauth_error.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kLeastState = 22;  // 128 bits in base64url
constexpr size_t kChallengeBytes = 32;
constexpr size_t kIdentityNumberDigits = 12;

absl::Status Bad(absl::string_view why) { return Refused("invalid_request", why); }

bool Contains(const std::vector<std::string>& texts, absl::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

absl::Status CheckFlow(const Form& parameters) {
  if (ValueOf(parameters, "response_type") != "code") {
    return Refused("unsupported_response_type", "response_type is not code");
  }
  const std::string mode = ValueOf(parameters, "response_mode");
  if (!mode.empty() && mode != "query") return Bad("response_mode is not query");
  const std::string prompt = ValueOf(parameters, "prompt");
  if (prompt == "none") return Refused("login_required", "nobody is logged in here");
  if (!prompt.empty() && prompt != "login") return Bad("prompt is not login");
  const std::string age = ValueOf(parameters, "max_age");
  if (!std::all_of(age.begin(), age.end(), IsDigit)) return Bad("max_age is no number of seconds");
  if (ValueOf(parameters, "state").size() < kLeastState) return Bad("state has less than 128 bits");
  return absl::OkStatus();
}

absl::Status CheckChallenge(const Form& parameters) {
  if (ValueOf(parameters, "code_challenge_method") != "S256") {
    return Bad("code_challenge_method is not S256");
  }
  const auto challenge = FromBase64Url(ValueOf(parameters, "code_challenge"));
  if (!challenge.ok() || challenge->size() != kChallengeBytes) {
    return Bad("code_challenge is no SHA-256");
  }
  return absl::OkStatus();
}

absl::Status ReadScopes(const Form& parameters, AuthorizationRequest& request) {
  request.scopes = absl::StrSplit(ValueOf(parameters, "scope"), ' ');
  for (const std::string& scope : request.scopes) {
    if (scope != "openid" && scope != kNumberScope && scope != kInfoScope) {
      return Refused("invalid_scope", absl::StrCat("no such scope: ", scope));
    }
  }
  if (!request.HasScope("openid")) return Refused("invalid_scope", "openid is missing");
  request.number_in_id_token = request.HasScope(kNumberScope);
  return absl::OkStatus();
}

absl::Status ReadAcr(JsonObject& id_token, AuthorizationRequest& request) {
  std::optional<JsonObject> acr = id_token.OptionalObject("acr");
  if (!acr) return absl::OkStatus();
  if (acr->OptionalFlag("essential").value_or(false)) request.acr = Acr::kEssential;
  request.acr_values = acr->OptionalTexts("values").value_or(std::vector<std::string>());
  if (const auto value = acr->OptionalText("value")) request.acr_values.push_back(*value);
  return acr->Finish();
}

absl::Status ReadClaims(const Form& parameters, AuthorizationRequest& request) {
  const std::string text = ValueOf(parameters, "claims");
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(JsonObject claims, JsonObject::Parse(text));
  std::optional<JsonObject> id_token = claims.OptionalObject("id_token");
  claims.OptionalObject("userinfo");
  RETURN_IF_ERROR(claims.Finish());
  if (!id_token) return absl::OkStatus();
  RETURN_IF_ERROR(ReadAcr(*id_token, request));
  if (id_token->Has(kNumberClaim)) request.number_in_id_token = true;
  return id_token->Finish(UnknownMembers::kIgnore);
}

absl::Status ReadAcrValues(const Form& parameters, AuthorizationRequest& request) {
  const std::string text = ValueOf(parameters, "acr_values");
  if (text.empty()) return absl::OkStatus();
  if (!request.acr_values.empty()) return Bad("acr_values beside claims");
  request.acr_values = absl::StrSplit(text, ' ');
  return absl::OkStatus();
}

bool IsIdentityNumber(absl::string_view text) {
  return text.size() == kIdentityNumberDigits && std::all_of(text.begin(), text.end(), IsDigit);
}

}  // namespace

bool AuthorizationRequest::HasScope(absl::string_view scope) const {
  return Contains(scopes, scope);
}

bool AuthorizationRequest::Accepts(absl::string_view acr_value) const {
  return acr == Acr::kVoluntary || acr_values.empty() || Contains(acr_values, acr_value);
}

absl::StatusOr<AuthorizationRequest> ReadAuthorizationRequest(const Form& parameters) {
  RETURN_IF_ERROR(CheckFlow(parameters));
  RETURN_IF_ERROR(CheckChallenge(parameters));
  AuthorizationRequest request;
  request.client_id = ValueOf(parameters, "client_id");
  request.redirect_uri = ValueOf(parameters, "redirect_uri");
  request.state = ValueOf(parameters, "state");
  request.nonce = ValueOf(parameters, "nonce");
  request.code_challenge = ValueOf(parameters, "code_challenge");
  request.user_message = ValueOf(parameters, kUserMessageParameter);
  request.login_hint = ValueOf(parameters, "login_hint");
  if (IsIdentityNumber(request.login_hint)) return Bad("login_hint tells what is asked for");
  RETURN_IF_ERROR(ReadScopes(parameters, request));
  RETURN_IF_ERROR(ReadClaims(parameters, request));
  RETURN_IF_ERROR(ReadAcrValues(parameters, request));
  return request;
}

}  // namespace bitrade::eidsim::oidc
