#include "services/identity/oidc/errors.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/identity/oidc/json_object.h"

namespace bitrade::identity::oidc {
namespace {

constexpr size_t kLongestWord = 64;

// A provider's error code as it may stand in a log: a word, and nothing else.
std::string WordOf(absl::string_view error) {
  const bool good =
      error.size() <= kLongestWord && std::all_of(error.begin(), error.end(), [](char c) {
        return absl::ascii_islower(static_cast<unsigned char>(c)) || c == '_';
      });
  return good ? std::string(error) : "";
}

absl::Status RefuseWith(const Reason& reason, const std::string& error_code) {
  return Refuse(reason, {{"error_code", error_code}});
}

}  // namespace

const Reason kOidcAccessDenied{
    "OIDC_ACCESS_DENIED",
    absl::StatusCode::kFailedPrecondition,
    {"Not identified", "You cancelled, or the identification did not succeed. Try once more."},
    {"Inte identifierad", "Du avbröt, eller identifieringen lyckades inte. Gör ett nytt försök."}};

const Reason kOidcLevelTooLow{
    "OIDC_LEVEL_TOO_LOW",
    absl::StatusCode::kFailedPrecondition,
    {"Level too low",
     "Your e-legitimation does not have the level of assurance that this service needs."},
    {"För låg tillitsnivå", "Din e-legitimation har inte den tillitsnivå som tjänsten kräver."}};

const Reason kOidcCodeRefused{
    "OIDC_CODE_REFUSED",
    absl::StatusCode::kFailedPrecondition,
    {"No longer valid", "The identification is no longer valid. Log in again."},
    {"Gäller inte längre", "Identifieringen gäller inte längre. Logga in igen."}};

const Reason kOidcUnavailable{
    "OIDC_UNAVAILABLE",
    absl::StatusCode::kUnavailable,
    {"E-legitimation does not answer",
     "The e-legitimation's provider does not answer right now. Try again in a while."},
    {"E-legitimationen svarar inte",
     "E-legitimationens utfärdare svarar inte just nu. Försök igen om en stund."}};

const Reason kOidcFault{
    "OIDC_FAULT",
    absl::StatusCode::kInternal,
    {"Fault with the e-legitimation",
     "The connection between the service and the e-legitimation's provider is faulty."},
    {"Fel mot e-legitimationen",
     "Förbindelsen mellan tjänsten och e-legitimationens utfärdare är felaktig."}};

absl::Status RefusalOfReturn(absl::string_view error) {
  const std::string word = WordOf(error);
  if (word == "access_denied") return RefuseWith(kOidcAccessDenied, word);
  if (word == "unmet_authentication_requirements") return RefuseWith(kOidcLevelTooLow, word);
  const bool passing = word == "server_error" || word == "temporarily_unavailable";
  return RefuseWith(passing ? kOidcUnavailable : kOidcFault, word);
}

absl::Status RefusalOf(const HttpsReply& reply) {
  if (reply.status == 408 || reply.status == 429 || reply.status >= 500) {
    return RefuseWith(kOidcUnavailable, absl::StrCat(reply.status));
  }
  const absl::StatusOr<JsonObject> body = JsonObject::Parse(reply.body);
  const std::string word = body.ok() ? WordOf(body->Text("error")) : "";
  if (word == "invalid_grant") return RefuseWith(kOidcCodeRefused, word);
  return RefuseWith(kOidcFault, word.empty() ? absl::StrCat(reply.status) : word);
}

absl::Status RefusalOf(const absl::Status& transport) {
  const bool unavailable = transport.code() == absl::StatusCode::kUnavailable;
  return RefuseWith(unavailable ? kOidcUnavailable : kOidcFault, std::string(transport.message()));
}

}  // namespace bitrade::identity::oidc
