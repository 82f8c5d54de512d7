#include "tests/eid-sim/oidc/control_bodies.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/callback.h"
#include "tests/eid-sim/oidc/json_members.h"
#include "tests/eid-sim/oidc/token_endpoint.h"
#include "tests/eid-sim/oidc/token_faults.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr int64_t kMaxCalls = 1'000'000;
constexpr int64_t kMaxDelayMs = 60'000;
constexpr int64_t kMaxStatus = 599;

using Names = std::vector<absl::string_view>;

int64_t ReadBounded(JsonObject& body, const char* name, int64_t limit) {
  const int64_t value = body.OptionalInteger(name).value_or(0);
  if (value < 0 || value > limit) body.Refuse(name);
  return value;
}

std::string ReadOneOf(JsonObject& body, const char* name, const Names& known) {
  std::string text = body.OptionalText(name).value_or("");
  if (!text.empty() && std::find(known.begin(), known.end(), text) == known.end()) {
    body.Refuse(name);
  }
  return text;
}

std::string ReadFault(JsonObject& body) {
  std::string fault = body.OptionalText("fault").value_or("");
  if (!fault.empty() && !IsFault(fault)) body.Refuse("fault");
  return fault;
}

std::vector<std::string> AllFaults() {
  std::vector<std::string> all;
  const auto add = [&all](absl::string_view where, const Names& names) {
    for (const absl::string_view what : names) all.push_back(absl::StrCat(where, ".", what));
  };
  add("callback", CallbackFaults());
  add("tokenAnswer", TokenAnswerFaults());
  for (const TokenKind kind : {kIdToken, kUserInfo, kLogoutToken}) {
    add(kind.name, TokenFaults(kind));
  }
  return all;
}

std::string AuthorizationJson(const Authorization& login) {
  const AuthorizationRequest& request = login.request;
  return JsonMembers()
      .Text("id", login.id)
      .Text("state", NameOf(login.state))
      .Text("clientId", request.client_id)
      .Json("scopes", JsonTexts(request.scopes))
      .Json("acrValues", JsonTexts(request.acr_values))
      .Flag("acrEssential", request.acr == Acr::kEssential)
      .OptionalText("userMessage", request.user_message)
      .OptionalText("loginHint", request.login_hint)
      .OptionalText("personalNumber", login.approval.person.personal_number)
      .OptionalText("redirectUrl", login.redirect_url)
      .Text("createTime",
            absl::FormatTime(absl::RFC3339_full, login.create_time, absl::UTCTimeZone()))
      .Object();
}

std::vector<std::string> Copies(const Names& names) { return {names.begin(), names.end()}; }

}  // namespace

absl::StatusOr<ApprovalBody> ParseApproval(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  ApprovalBody read;
  read.personal_number = members.Text("personalNumber");
  read.acr = AcrOf(members.OptionalText("acr").value_or("loa3"));
  read.fault = ReadFault(members);
  RETURN_IF_ERROR(members.Finish());
  return read;
}

absl::StatusOr<Denial> ParseDenial(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  Denial denial{members.OptionalText("error").value_or("access_denied"), ReadFault(members)};
  RETURN_IF_ERROR(members.Finish());
  return denial;
}

absl::StatusOr<EndpointFault> ParseEndpointFault(absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  EndpointFault fault;
  fault.calls = static_cast<int>(ReadBounded(members, "calls", kMaxCalls));
  fault.on = ReadOneOf(members, "on", Endpoints());
  fault.delay = absl::Milliseconds(ReadBounded(members, "delayMs", kMaxDelayMs));
  fault.status = static_cast<int>(ReadBounded(members, "status", kMaxStatus));
  if (fault.status != 0 && fault.status < 200) members.Refuse("status");
  fault.error_code = members.OptionalText("errorCode").value_or("");
  if (!fault.error_code.empty() && fault.status == 0) members.Refuse("errorCode");
  fault.drop = members.OptionalFlag("drop").value_or(false);
  fault.spoil = ReadOneOf(members, "spoil", Spoilings());
  RETURN_IF_ERROR(members.Finish());
  return fault;
}

absl::StatusOr<ProviderSettings> ParseSettings(absl::string_view body,
                                               const ProviderSettings& present) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  ProviderSettings changed = present;
  const std::string algorithm = ReadOneOf(members, "alg", {"ES256", "RS256", "PS256"});
  if (!algorithm.empty()) changed.algorithm = algorithm;
  changed.auto_approve = members.OptionalText("autoApprove").value_or(present.auto_approve);
  changed.authn_provider = members.OptionalText("authnProvider").value_or(present.authn_provider);
  const std::string object = ReadOneOf(members, "requestObject", {"required", "optional"});
  if (object == "required") changed.object = RequestObject::kRequired;
  if (object == "optional") changed.object = RequestObject::kOptional;
  RETURN_IF_ERROR(members.Finish());
  return changed;
}

std::string AuthorizationsJson(const std::vector<Authorization>& logins) {
  std::vector<std::string> all;
  for (const Authorization& login : logins) all.push_back(AuthorizationJson(login));
  return JsonMembers().Json("authorizations", JsonArray(all)).Object();
}

bool IsFault(absl::string_view fault) {
  static const auto& all = *new std::vector<std::string>(AllFaults());
  return std::find(all.begin(), all.end(), fault) != all.end();
}

std::string FaultNamesJson() {
  return JsonMembers()
      .Json("faults", JsonTexts(AllFaults()))
      .Json("spoilings", JsonTexts(Copies(Spoilings())))
      .Object();
}

}  // namespace bitrade::eidsim::oidc
