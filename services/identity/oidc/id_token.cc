#include "services/identity/oidc/id_token.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/crypto/digest.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

constexpr size_t kNumberDigits = 12;
// Of the SHA-256: what `at_hash` has.
constexpr size_t kHalfDigest = 16;

absl::Status Demand(bool good, Fault fault) { return good ? absl::OkStatus() : Refused(fault); }

absl::Status CheckSubject(const JsonObject& claims) {
  return Demand(!claims.Text("sub").empty(), Fault::kSubject);
}

absl::Status CheckNonce(const JsonObject& claims, const IdTokenExpectation& expected) {
  return Demand(
      !expected.nonce.empty() && crypto::EqualConstantTime(claims.Text("nonce"), expected.nonce),
      Fault::kNonce);
}

// We asked with `prompt=login`: an earlier authentication is none.
absl::Status CheckAuthTime(const JsonObject& claims, const IdTokenExpectation& expected) {
  const std::optional<absl::Time> time = claims.Time("auth_time");
  return Demand(IsFresh(time, expected.now) && *time >= expected.auth_from, Fault::kAuthTime);
}

// What we accept is what we ask for, so that nothing lower than that is accepted.
absl::Status CheckLevel(const JsonObject& claims, const Terms& terms) {
  const auto& levels = terms.levels;
  return Demand(std::find(levels.begin(), levels.end(), claims.Text("acr")) != levels.end(),
                Fault::kLevel);
}

absl::Status CheckProvider(const JsonObject& claims, const Terms& terms) {
  return Demand(
      terms.authn_provider.empty() || claims.Text(kAuthnProviderClaim) == terms.authn_provider,
      Fault::kProvider);
}

absl::Status CheckAccessTokenHash(const JsonObject& claims, const IdTokenExpectation& expected) {
  const std::string half = crypto::Sha256(expected.access_token).substr(0, kHalfDigest);
  return Demand(!claims.Has("at_hash") || claims.Text("at_hash") == ToBase64Url(half),
                Fault::kAccessTokenHash);
}

bool IsTwelveDigits(absl::string_view text) {
  return text.size() == kNumberDigits && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c);
         });
}

}  // namespace

absl::StatusOr<PersonNumber> NumberIn(const JsonObject& claims, CoordinationNumbers coordination,
                                      absl::Time now) {
  const bool personal = claims.Has(kPersonalNumberClaim);
  if (personal == claims.Has(kCoordinationNumberClaim)) return Refused(Fault::kNumber);
  const std::string text = claims.Text(personal ? kPersonalNumberClaim : kCoordinationNumberClaim);
  if (!IsTwelveDigits(text)) return Refused(Fault::kNumber);
  absl::StatusOr<PersonNumber> number = PersonNumber::Parse(text, SwedishDay(now));
  if (!number.ok() || number->is_coordination() == personal) return Refused(Fault::kNumber);
  const bool accepted = personal || (coordination == CoordinationNumbers::kConfirmed &&
                                     claims.Text(kCoordinationLevelClaim) == "confirmed");
  if (!accepted) return Refused(Fault::kNumber);
  return number;
}

absl::StatusOr<IdTokenFacts> CheckIdToken(const JsonObject& claims, const Terms& terms,
                                          const IdTokenExpectation& expected) {
  RETURN_IF_ERROR(CheckIssuer(claims, terms));
  RETURN_IF_ERROR(CheckAudience(claims, terms));
  RETURN_IF_ERROR(CheckTimes(claims, expected.now));
  RETURN_IF_ERROR(CheckSubject(claims));
  RETURN_IF_ERROR(CheckNonce(claims, expected));
  RETURN_IF_ERROR(CheckAuthTime(claims, expected));
  RETURN_IF_ERROR(CheckLevel(claims, terms));
  ASSIGN_OR_RETURN(PersonNumber number, NumberIn(claims, terms.coordination_numbers, expected.now));
  RETURN_IF_ERROR(CheckProvider(claims, terms));
  RETURN_IF_ERROR(CheckAccessTokenHash(claims, expected));
  return IdTokenFacts{.subject = claims.Text("sub"),
                      .session_id = claims.Text("sid"),
                      .level = claims.Text("acr"),
                      .number = std::move(number),
                      .auth_time = *claims.Time("auth_time")};
}

}  // namespace bitrade::identity::oidc
