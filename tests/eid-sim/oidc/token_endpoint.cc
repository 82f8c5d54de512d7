#include "tests/eid-sim/oidc/token_endpoint.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/client_assertion.h"
#include "tests/eid-sim/oidc/http_answers.h"
#include "tests/eid-sim/oidc/jws.h"
#include "tests/eid-sim/oidc/tokens.h"

namespace bitrade::eidsim::oidc {
namespace {

struct AnswerFault {
  absl::string_view name;
  void (*strike)(JsonMembers& answer);
};

constexpr AnswerFault kAnswerFaults[] = {
    {"missingIdToken", [](JsonMembers& answer) { answer.Remove("id_token"); }},
    {"missingAccessToken", [](JsonMembers& answer) { answer.Remove("access_token"); }},
    {"wrongTokenType", [](JsonMembers& answer) { answer.Text("token_type", "mac"); }},
    {"repeatedIdToken",
     [](JsonMembers& answer) { answer.Repeat("id_token", JsonText("e30.e30.AAAA")); }},
};

absl::StatusOr<Authorization> Redeem(const Form& form, ProviderParts& parts) {
  ASSIGN_OR_RETURN(const Client client,
                   AuthenticateClient(form, parts.realm, parts.logins.SharedTime()));
  for (const char* const name : {"grant_type", "code"}) {
    if (ValueOf(form, name).empty()) {
      return Refused("invalid_request", absl::StrCat(name, " is missing"));
    }
  }
  if (ValueOf(form, "grant_type") != "authorization_code") {
    return Refused("unsupported_grant_type", "grant_type is not authorization_code");
  }
  return parts.logins.Redeem({client.id, ValueOf(form, "code"), ValueOf(form, "redirect_uri"),
                              ValueOf(form, "code_verifier")});
}

HttpAnswer Unauthorized(const absl::Status& refusal) {
  HttpAnswer answer = ErrorAnswer(401, OAuthErrorOf(refusal, "invalid_token"));
  answer.headers.emplace_back("WWW-Authenticate", R"(Bearer error="invalid_token")");
  return answer;
}

// The session of one of our ID tokens, however old; empty for no such token.
std::string SessionOf(const std::string& id_token, ProviderParts& parts) {
  const absl::StatusOr<std::string> payload = OpenJws(id_token, parts.realm.PublicKeys());
  if (!payload.ok()) return "";
  absl::StatusOr<JsonObject> claims = JsonObject::Parse(*payload);
  return claims.ok() ? claims->OptionalText("sid").value_or("") : "";
}

bool MayLeadTo(const std::string& sid, const std::string& uri, ProviderParts& parts) {
  for (const Authorization& login : parts.logins.Known()) {
    if (login.sid != sid) continue;
    const absl::StatusOr<Client> client = parts.realm.FindClient(login.request.client_id);
    if (!client.ok()) return false;
    const auto& known = client->post_logout_redirect_uris;
    return std::find(known.begin(), known.end(), uri) != known.end();
  }
  return false;
}

}  // namespace

HttpAnswer GiveTokens(const Form& form, ProviderParts& parts) {
  const absl::StatusOr<Authorization> login = Redeem(form, parts);
  if (!login.ok()) {
    const OAuthError error = OAuthErrorOf(login.status());
    return ErrorAnswer(error.code == "invalid_client" ? 401 : 400, error);
  }
  JsonMembers answer;
  answer.Text("access_token", login->access_token)
      .Text("token_type", "Bearer")
      .Number("expires_in", absl::ToInt64Seconds(kAccessLife))
      .Text("scope", absl::StrJoin(login->request.scopes, " "))
      .Text("id_token", IdToken(*login, parts.IssuingNow()));
  for (const AnswerFault& fault : kAnswerFaults) {
    if (absl::StrCat("tokenAnswer.", fault.name) == login->approval.fault) fault.strike(answer);
  }
  return JsonAnswer(answer.Object());
}

HttpAnswer TellUser(absl::string_view authorization, ProviderParts& parts) {
  if (!absl::ConsumePrefix(&authorization, "Bearer ")) {
    return Unauthorized(absl::UnauthenticatedError("a bearer token is demanded"));
  }
  const absl::StatusOr<Authorization> login = parts.logins.ByAccessToken(authorization);
  if (!login.ok()) return Unauthorized(login.status());
  HttpAnswer answer = JwtAnswer(UserInfo(*login, parts.IssuingNow()));
  if (absl::StartsWith(answer.body, "{")) answer.content_type = "application/json";
  return answer;
}

HttpAnswer EndSession(const Form& parameters, ProviderParts& parts) {
  const std::string sid = SessionOf(ValueOf(parameters, "id_token_hint"), parts);
  if (sid.empty()) return Html(400, "<p>Not one of our ID tokens.</p>");
  parts.logins.LogOutOne(sid);
  const std::string uri = ValueOf(parameters, "post_logout_redirect_uri");
  if (uri.empty()) return Html(200, "<p>You are logged out.</p>");
  if (!MayLeadTo(sid, uri, parts)) return Html(400, "<p>No such post_logout_redirect_uri.</p>");
  const std::string state = ValueOf(parameters, "state");
  return Redirect(state.empty() ? uri : WithQuery(uri, {{"state", state}}));
}

std::vector<absl::string_view> TokenAnswerFaults() {
  std::vector<absl::string_view> names;
  for (const AnswerFault& fault : kAnswerFaults) names.push_back(fault.name);
  return names;
}

}  // namespace bitrade::eidsim::oidc
