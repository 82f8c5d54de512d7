#include "tests/eid-sim/oidc/control.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/control_answer.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/backchannel.h"
#include "tests/eid-sim/oidc/control_bodies.h"
#include "tests/eid-sim/oidc/tokens.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr char kNothing[] = "{}";

absl::StatusOr<std::string> WhereTo(const absl::StatusOr<Authorization>& decided) {
  if (!decided.ok()) return decided.status();
  return JsonMembers().Text("redirectUrl", decided->redirect_url).Object();
}

}  // namespace

HttpAnswer Control::Answer(const HttpRequest& request) { return ControlAnswer(Route(request)); }

absl::StatusOr<std::string> Control::Route(const HttpRequest& request) {
  const absl::string_view path =
      absl::string_view(request.path).substr(absl::string_view(kControlPrefix).size());
  const std::string call = absl::StrCat(request.method, " ", path);
  if (call == "GET authorizations") return AuthorizationsJson(parts_.logins.Known());
  if (call == "GET faults") return FaultNamesJson();
  if (call == "GET keys") return parts_.realm.Jwks();
  if (call == "POST keys") return AddKey(request.body);
  if (call == "PUT faults") return SetFault(request.body);
  if (call == "PUT settings") return Set(request.body);
  if (call == "POST logout") return LogOut(request.body);
  if (call == "POST clock/advance") return AdvanceClock(request.body);
  const std::vector<std::string> parts = absl::StrSplit(path, '/');
  if (parts.size() < 2 || parts.size() > 3) return absl::NotFoundError("no such path");
  return RouteOne(
      absl::StrCat(request.method, " ", parts[0], " ", parts.size() == 3 ? parts[2] : ""), parts[1],
      request.body);
}

absl::StatusOr<std::string> Control::RouteOne(const std::string& call, absl::string_view name,
                                              absl::string_view body) {
  if (call == "POST authorizations approve") return Approve(name, body);
  if (call == "POST authorizations deny") return Deny(name, body);
  if (call == "PUT clients ") return PutClient(name, body);
  if (call == "DELETE keys ") return RetireKey(name);
  return absl::NotFoundError("no such path");
}

absl::StatusOr<std::string> Control::Approve(absl::string_view id, absl::string_view body) {
  ASSIGN_OR_RETURN(const ApprovalBody read, ParseApproval(body));
  ASSIGN_OR_RETURN(const Person person, parts_.FindPerson(read.personal_number));
  return WhereTo(parts_.logins.Approve(id, {person, read.acr, read.fault}));
}

absl::StatusOr<std::string> Control::Deny(absl::string_view id, absl::string_view body) {
  ASSIGN_OR_RETURN(const Denial denial, ParseDenial(body));
  return WhereTo(parts_.logins.Deny(id, denial));
}

absl::StatusOr<std::string> Control::PutClient(absl::string_view id, absl::string_view body) {
  ASSIGN_OR_RETURN(const Client client, ParseClient(id, body));
  parts_.realm.PutClient(client);
  return kNothing;
}

absl::StatusOr<std::string> Control::SetFault(absl::string_view body) {
  ASSIGN_OR_RETURN(const EndpointFault fault, ParseEndpointFault(body));
  parts_.faults.Set(fault);
  return kNothing;
}

absl::StatusOr<std::string> Control::Set(absl::string_view body) {
  ASSIGN_OR_RETURN(const ProviderSettings changed, ParseSettings(body, parts_.realm.settings()));
  parts_.realm.Set(changed);
  return kNothing;
}

absl::StatusOr<std::string> Control::AddKey(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  const std::string algorithm = members.Text("alg");
  RETURN_IF_ERROR(members.Finish());
  ASSIGN_OR_RETURN(const SigningKey key, parts_.realm.AddKey(algorithm));
  return JsonMembers().Text("kid", key.kid).Object();
}

absl::StatusOr<std::string> Control::RetireKey(absl::string_view kid) {
  RETURN_IF_ERROR(parts_.realm.RetireKey(kid));
  return kNothing;
}

absl::StatusOr<std::string> Control::LogOut(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  const std::string number = members.Text("personalNumber");
  const std::string fault = members.OptionalText("fault").value_or("");
  if (!fault.empty() && !IsFault(absl::StrCat("logoutToken.", fault))) members.Refuse("fault");
  RETURN_IF_ERROR(members.Finish());
  std::vector<std::string> told;
  for (const Authorization& login : parts_.logins.LogOut(number)) {
    told.push_back(TellLogout(login, fault));
  }
  return JsonMembers().Json("logouts", JsonArray(told)).Object();
}

std::string Control::TellLogout(const Authorization& login, absl::string_view fault) {
  const std::string token = LogoutToken(login, parts_.IssuingNow(), fault);
  JsonMembers told;
  told.Text("sid", login.sid).Text("logoutToken", token);
  const absl::StatusOr<Client> client = parts_.realm.FindClient(login.request.client_id);
  if (!client.ok() || client->backchannel_logout_uri.empty()) return told.Object();
  const absl::StatusOr<int> status = SendLogout(client->backchannel_logout_uri, token);
  if (status.ok()) told.Number("status", *status);
  if (!status.ok()) told.Text("error", status.status().message());
  return told.Object();
}

absl::StatusOr<std::string> Control::AdvanceClock(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  const int64_t ms = members.OptionalInteger("ms").value_or(0);
  if (ms < 0 || ms > absl::ToInt64Milliseconds(absl::Hours(24))) members.Refuse("ms");
  RETURN_IF_ERROR(members.Finish());
  parts_.logins.AdvanceClock(absl::Milliseconds(ms));
  return kNothing;
}

}  // namespace bitrade::eidsim::oidc
