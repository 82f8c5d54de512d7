#include "tests/eid-sim/oidc/client.h"

#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"

namespace bitrade::eidsim::oidc {

absl::StatusOr<Client> ParseClient(absl::string_view id, absl::string_view body) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(body));
  Client client;
  client.id = std::string(id);
  client.redirect_uris = members.OptionalTexts("redirectUris").value_or(std::vector<std::string>());
  if (id.empty() || client.redirect_uris.empty()) members.Refuse("redirectUris");
  client.post_logout_redirect_uris =
      members.OptionalTexts("postLogoutRedirectUris").value_or(std::vector<std::string>());
  client.backchannel_logout_uri = members.OptionalText("backchannelLogoutUri").value_or("");
  std::optional<JsonObject> jwks = members.OptionalObject("jwks");
  if (!jwks) members.Refuse("jwks");
  RETURN_IF_ERROR(members.Finish());
  ASSIGN_OR_RETURN(client.keys, ParseJwks(*jwks));
  return client;
}

}  // namespace bitrade::eidsim::oidc
