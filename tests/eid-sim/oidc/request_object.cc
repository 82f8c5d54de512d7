#include "tests/eid-sim/oidc/request_object.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/oidc/jws.h"
#include "tests/eid-sim/oidc/oauth_error.h"

namespace bitrade::eidsim::oidc {
namespace {

// What a JWT says of itself; no parameter of the request.
constexpr absl::string_view kOfTheToken[] = {"iss", "aud", "exp", "iat", "nbf", "jti"};

absl::Status BadObject(absl::string_view why) { return Refused("invalid_request_object", why); }

bool Names(const std::vector<std::string>& audience, const std::string& issuer) {
  return std::find(audience.begin(), audience.end(), issuer) != audience.end();
}

absl::Status CheckToken(JsonObject claims, const Client& client, const RequestTerms& terms) {
  const std::string issuer = claims.Text("iss");
  const auto audience = claims.OptionalTextOrTexts("aud").value_or(std::vector<std::string>());
  const int64_t now = absl::ToUnixSeconds(terms.now);
  const int64_t expiry = claims.OptionalInteger("exp").value_or(now + 1);
  const int64_t beginning = claims.OptionalInteger("nbf").value_or(now);
  if (claims.Has("request") || claims.Has("request_uri")) return BadObject("an object in itself");
  if (!claims.Finish(UnknownMembers::kIgnore).ok()) return BadObject("a member of another type");
  if (issuer != client.id) return BadObject("iss is not the client");
  if (!Names(audience, terms.issuer)) return BadObject("aud is not the issuer");
  if (expiry <= now || beginning > now) return BadObject("exp or nbf");
  return absl::OkStatus();
}

std::string TextOf(const rapidjson::Value& value) {
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

absl::StatusOr<Form> ParametersOf(const std::string& payload) {
  rapidjson::Document object;
  object.Parse<rapidjson::kParseIterativeFlag>(payload.data(), payload.size());
  if (object.HasParseError() || !object.IsObject()) return BadObject("no JSON object");
  Form parameters;
  for (const auto& [name, value] : object.GetObject()) {
    const std::string key = TextOf(name);
    const bool of_the_token =
        std::find(std::begin(kOfTheToken), std::end(kOfTheToken), key) != std::end(kOfTheToken);
    if (of_the_token) continue;
    if (!parameters.emplace(key, TextOf(value)).second) return BadObject("a member stands twice");
  }
  return parameters;
}

absl::StatusOr<Form> OpenObject(const std::string& compact, const Client& client,
                                const RequestTerms& terms) {
  const absl::StatusOr<std::string> payload = OpenJws(compact, client.keys);
  if (!payload.ok()) return BadObject(payload.status().message());
  ASSIGN_OR_RETURN(Form parameters, ParametersOf(*payload));
  ASSIGN_OR_RETURN(JsonObject claims, JsonObject::Parse(*payload));
  RETURN_IF_ERROR(CheckToken(std::move(claims), client, terms));
  return parameters;
}

}  // namespace

absl::StatusOr<Form> MergedParameters(const Form& sent, const Client& client,
                                      const RequestTerms& terms) {
  if (sent.contains("request_uri")) return Refused("request_uri_not_supported", "request_uri");
  Form merged = sent;
  const auto object = merged.extract("request");
  if (object.empty()) {
    if (terms.object == RequestObject::kOptional) return merged;
    return Refused("invalid_request", "a signed request object is demanded");
  }
  ASSIGN_OR_RETURN(const Form signed_ones, OpenObject(object.mapped(), client, terms));
  for (const auto& [name, value] : signed_ones) {
    if (merged.emplace(name, value).first->second != value) {
      return Refused("invalid_request", absl::StrCat(name, " contradicts the request object"));
    }
  }
  return merged;
}

}  // namespace bitrade::eidsim::oidc
