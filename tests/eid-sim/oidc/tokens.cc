#include "tests/eid-sim/oidc/tokens.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/common/base/person_number.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/token_draft.h"
#include "tests/eid-sim/oidc/token_faults.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr int64_t kIdTokenLife = 300;
constexpr int64_t kLogoutTokenLife = 120;
constexpr size_t kTokenIdBytes = 16;

// Names the key that will sign, and for whom.
TokenDraft Begin(const Authorization& login, const Issuing& issuing, absl::string_view type) {
  TokenDraft draft;
  draft.key = issuing.key;
  draft.other_key = issuing.other_key;
  draft.now = issuing.now;
  draft.client_id = login.request.client_id;
  draft.issuer = issuing.issuer;
  draft.person_number = login.approval.person.personal_number;
  draft.header.Text("alg", issuing.key.algorithm).Text("kid", issuing.key.kid).Text("typ", type);
  draft.claims.Text("iss", issuing.issuer)
      .Text("sub", SubjectOf(login.approval.person))
      .Text("aud", login.request.client_id)
      .Number("iat", absl::ToUnixSeconds(issuing.now));
  return draft;
}

void Expire(TokenDraft& draft, int64_t seconds) {
  draft.claims.Number("exp", absl::ToUnixSeconds(draft.now) + seconds);
}

void TellNumber(const Person& person, JsonMembers& claims) {
  const auto number = PersonNumber::Parse(person.personal_number, absl::CivilDay::max());
  if (number.ok() && number->is_coordination()) {
    claims.Text(kCoordinationClaim, person.personal_number)
        .Text(kCoordinationLevelClaim, "confirmed");
  } else {
    claims.Text(kNumberClaim, person.personal_number);
  }
}

void TellNames(const Person& person, JsonMembers& claims) {
  claims.Text("name", person.name)
      .Text("given_name", person.given_name)
      .Text("family_name", person.surname);
  const auto number = PersonNumber::Parse(person.personal_number, absl::CivilDay::max());
  if (number.ok()) claims.Text("birthdate", absl::FormatCivilTime(number->birth_day()));
}

}  // namespace

std::string IdToken(const Authorization& login, const Issuing& issuing) {
  TokenDraft draft = Begin(login, issuing, "JWT");
  Expire(draft, kIdTokenLife);
  draft.claims.Number("auth_time", absl::ToUnixSeconds(login.auth_time))
      .Text("acr", login.approval.acr)
      .OptionalText("nonce", login.request.nonce)
      .Text("at_hash", AccessTokenHash(login.access_token))
      .Text("sid", login.sid)
      .Text("txn", login.id)
      .Text(kAuthnProviderClaim, issuing.authn_provider);
  if (login.request.number_in_id_token) TellNumber(login.approval.person, draft.claims);
  Strike(kIdToken, login.approval.fault, draft);
  return Sealed(draft);
}

std::string UserInfo(const Authorization& login, const Issuing& issuing) {
  TokenDraft draft = Begin(login, issuing, "JWT");
  const Person& person = login.approval.person;
  if (login.request.HasScope(kNumberScope)) TellNumber(person, draft.claims);
  if (login.request.HasScope(kInfoScope)) TellNames(person, draft.claims);
  Strike(kUserInfo, login.approval.fault, draft);
  return Sealed(draft);
}

std::string LogoutToken(const Authorization& login, const Issuing& issuing,
                        absl::string_view fault) {
  TokenDraft draft = Begin(login, issuing, "logout+jwt");
  Expire(draft, kLogoutTokenLife);
  draft.claims.Text("jti", Base64Url(crypto::RandomBytes(kTokenIdBytes)))
      .Text("sid", login.sid)
      .Json("events", R"({"http://schemas.openid.net/event/backchannel-logout":{}})");
  Strike(kLogoutToken, absl::StrCat(kLogoutToken.name, ".", fault), draft);
  return Sealed(draft);
}

std::string AccessTokenHash(absl::string_view access_token) {
  const std::string digest = crypto::Sha256(access_token);
  return Base64Url(absl::string_view(digest).substr(0, digest.size() / 2));
}

}  // namespace bitrade::eidsim::oidc
