#include "tests/eid-sim/oidc/authorize_endpoint.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/oidc/http_answers.h"
#include "tests/eid-sim/oidc/login_page.h"

namespace bitrade::eidsim::oidc {
namespace {

HttpAnswer Page(int status, absl::string_view text) {
  return Html(status, absl::StrCat("<h1>Not so</h1><p>", HtmlText(text), "</p>"));
}

bool Registered(const Client& client, const std::string& redirect_uri) {
  return std::find(client.redirect_uris.begin(), client.redirect_uris.end(), redirect_uri) !=
         client.redirect_uris.end();
}

HttpAnswer BackWith(const absl::Status& refusal, const Form& parameters,
                    const std::string& issuer) {
  const OAuthError error = OAuthErrorOf(refusal);
  Parameters told = {{"error", error.code}, {"error_description", error.description}};
  if (parameters.contains("state")) told.emplace_back("state", ValueOf(parameters, "state"));
  told.emplace_back("iss", issuer);
  return Redirect(WithQuery(ValueOf(parameters, "redirect_uri"), told));
}

absl::StatusOr<AuthorizationRequest> Read(const absl::StatusOr<Form>& merged,
                                          const std::string& issuer) {
  if (!merged.ok()) return merged.status();
  ASSIGN_OR_RETURN(AuthorizationRequest request, ReadAuthorizationRequest(*merged));
  request.issuer = issuer;
  return request;
}

// Straight back where somebody logs in without being asked.
HttpAnswer Begin(const AuthorizationRequest& request, ProviderParts& parts) {
  const std::string id = parts.logins.Create(request).id;
  const std::string number = parts.realm.settings().auto_approve;
  if (number.empty()) return Redirect(absl::StrCat(request.issuer, "/interaction/", id));
  return DecideLogin(id, {{"action", "approve"}, {"person", number}, {"acr", "loa3"}}, parts);
}

absl::StatusOr<Authorization> Decide(absl::string_view id, const Form& chosen,
                                     ProviderParts& parts) {
  const std::string action = ValueOf(chosen, "action");
  if (action != "approve") return parts.logins.Deny(id, {action, ""});
  ASSIGN_OR_RETURN(const Person person, parts.FindPerson(ValueOf(chosen, "person")));
  return parts.logins.Approve(id, {person, AcrOf(ValueOf(chosen, "acr")), ""});
}

}  // namespace

HttpAnswer Authorize(const Form& parameters, ProviderParts& parts) {
  const absl::StatusOr<Client> client = parts.realm.FindClient(ValueOf(parameters, "client_id"));
  if (!client.ok()) return Page(400, "No such client.");
  const std::string issuer = parts.realm.issuer();
  const absl::StatusOr<Form> merged = MergedParameters(
      parameters, *client, {issuer, parts.logins.SharedTime(), parts.realm.settings().object});
  const Form& known = merged.ok() ? *merged : parameters;
  if (!Registered(*client, ValueOf(known, "redirect_uri"))) {
    return Page(400, absl::StrCat("No such redirect_uri. ", merged.status().message()));
  }
  const absl::StatusOr<AuthorizationRequest> request = Read(merged, issuer);
  if (!request.ok()) return BackWith(request.status(), known, issuer);
  return Begin(*request, parts);
}

HttpAnswer ShowLogin(absl::string_view id, ProviderParts& parts) {
  const absl::StatusOr<Authorization> login = parts.logins.Find(id);
  if (!login.ok()) return Page(404, login.status().message());
  if (login->state != AuthorizationState::kOpen) return Redirect(login->redirect_url);
  return Html(200, LoginPage(*login, parts.persons()));
}

HttpAnswer DecideLogin(absl::string_view id, const Form& chosen, ProviderParts& parts) {
  const absl::StatusOr<Authorization> decided = Decide(id, chosen, parts);
  return decided.ok() ? Redirect(decided->redirect_url) : Page(409, decided.status().message());
}

}  // namespace bitrade::eidsim::oidc
