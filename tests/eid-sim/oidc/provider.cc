#include "tests/eid-sim/oidc/provider.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/eid-sim/oidc/authorize_endpoint.h"
#include "tests/eid-sim/oidc/discovery.h"
#include "tests/eid-sim/oidc/http_answers.h"
#include "tests/eid-sim/oidc/token_endpoint.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr char kFormType[] = "application/x-www-form-urlencoded";
constexpr char kInteraction[] = "/interaction/";

constexpr std::pair<absl::string_view, absl::string_view> kEndpoints[] = {
    {"GET /.well-known/openid-configuration", "discovery"},
    {"GET /jwks", "jwks"},
    {"GET /authorize", "authorize"},
    {"POST /authorize", "authorize"},
    {"POST /token", "token"},
    {"GET /userinfo", "userinfo"},
    {"POST /userinfo", "userinfo"},
    {"GET /logout", "logout"},
    {"POST /logout", "logout"},
};

std::string PathOf(const HttpRequest& request) {
  return request.path.substr(0, request.path.find('?'));
}

absl::string_view EndpointOf(const HttpRequest& request) {
  const std::string call = absl::StrCat(request.method, " ", PathOf(request));
  for (const auto& [known, endpoint] : kEndpoints) {
    if (known == call) return endpoint;
  }
  return "";
}

// The query of a GET, the body of a POST.
absl::StatusOr<Form> ParametersOf(const HttpRequest& request) {
  if (request.method == "GET") {
    const size_t query = request.path.find('?');
    return ParseForm(query == std::string::npos ? "" : request.path.substr(query + 1));
  }
  if (!request.body.empty() && request.content_type != kFormType) {
    return absl::InvalidArgumentError(absl::StrCat("Content-Type must be ", kFormType));
  }
  return ParseForm(request.body);
}

HttpAnswer Published(std::string json) {
  HttpAnswer answer = JsonAnswer(std::move(json));
  answer.headers = {{"Cache-Control", "public, max-age=600"}};
  return answer;
}

HttpAnswer NoSuchCall(absl::string_view path) {
  for (const auto& [known, endpoint] : kEndpoints) {
    const std::pair<absl::string_view, absl::string_view> call = absl::StrSplit(known, ' ');
    if (call.second == path) return Html(405, "<p>Not with this method.</p>");
  }
  return Html(404, "<p>No such page.</p>");
}

}  // namespace

HttpAnswer Provider::Answer(const HttpRequest& request) {
  const absl::string_view endpoint = EndpointOf(request);
  const std::optional<EndpointFault> fault = parts_.faults.Take(endpoint);
  if (!fault) return Perform(endpoint, request);
  if (std::optional<HttpAnswer> instead = AnswerInstead(*fault)) return *std::move(instead);
  HttpAnswer answer = Perform(endpoint, request);
  Spoil(*fault, answer);
  return answer;
}

HttpAnswer Provider::Perform(absl::string_view endpoint, const HttpRequest& request) {
  const absl::StatusOr<Form> form = ParametersOf(request);
  if (!form.ok()) return ErrorAnswer(400, OAuthErrorOf(form.status()));
  if (endpoint == "discovery") return Published(DiscoveryJson(parts_.realm.issuer()));
  if (endpoint == "jwks") return Published(parts_.realm.Jwks());
  if (endpoint == "authorize") return Authorize(*form, parts_);
  if (endpoint == "token") return GiveTokens(*form, parts_);
  if (endpoint == "userinfo") return TellUser(request.authorization, parts_);
  if (endpoint == "logout") return EndSession(*form, parts_);
  const std::string path = PathOf(request);
  absl::string_view id = path;
  if (!absl::ConsumePrefix(&id, kInteraction)) return NoSuchCall(path);
  return request.method == "POST" ? DecideLogin(id, *form, parts_) : ShowLogin(id, parts_);
}

}  // namespace bitrade::eidsim::oidc
