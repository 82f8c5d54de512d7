#include "services/registry/domain/delegation.h"

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;
using Scopes = std::vector<std::string>;

constexpr absl::CivilDay kToday(2026, 3, 2);
const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
const auto kAstrid = CounselId::Trusted("00000000-0000-7000-9000-000000000001");
const auto kDisa = PersonId::Trusted("00000000-0000-7000-9000-000000000002");

Delegation Draft() {
  return {.id = DelegationId::Trusted("00000000-0000-7000-8000-000000000001"),
          .principal = kAstrid,
          .delegate = kDisa,
          .name = "Disa Testsson",
          .scopes = {kDefaultScope},
          .period = {kToday, absl::CivilDay(2026, 9, 2)},
          .lapse_time = LapseTimeFrom(kNow),
          .signing = std::nullopt,
          .accept_time = std::nullopt,
          .terms_version = std::nullopt,
          .create_time = kNow,
          .update_time = kNow};
}

Signing Signed(absl::Time now) {
  return {.kind = SigningKind::kSignature,
          .signature = SignatureId::Trusted("00000000-0000-7000-8000-000000000009"),
          .time = now};
}

Delegation Invited() {
  Delegation delegation = Draft();
  REQUIRE_OK(FileDelegation(delegation, Signed(kNow), kNow));
  return delegation;
}

Delegation Active() {
  Delegation delegation = Invited();
  REQUIRE_OK(AcceptDelegation(delegation, 1, kNow));
  return delegation;
}

TEST_CASE("Without a word of the counsel a delegate sets her availability alone",
          "[registry][domain]") {
  CHECK(CheckScopes({}).value() == Scopes{"availability:write"});
  CHECK(CheckScopes({"drafts:write", "documents:read"}).value() ==
        Scopes{"documents:read", "drafts:write"});
}

TEST_CASE("Nobody hands over filing, the payout account, delegating, sessions or the register",
          "[registry][domain]") {
  const std::string scope = GENERATE("submissions:send", "payout:write", "delegations:write",
                                     "sessions:read", "sessions:write", "register:write");

  CHECK(ReasonOf(CheckScopes({"documents:read", scope})) == "SCOPE_NOT_DELEGABLE");
}

TEST_CASE("A scope that does not exist, and one named twice, is a fault", "[registry][domain]") {
  CHECK(ReasonOf(CheckScopes({"documents:write"})) == "INVALID_REQUEST");
  CHECK(ReasonOf(CheckScopes({""})) == "INVALID_REQUEST");
  CHECK(ReasonOf(CheckScopes({"documents:read", "documents:read"})) == "INVALID_REQUEST");
}

TEST_CASE("A delegation holds for six months unless said otherwise", "[registry][domain]") {
  const Period period = CheckPeriod(std::nullopt, std::nullopt, kToday).value();
  CHECK(period.from == kToday);
  CHECK(period.to == absl::CivilDay(2026, 9, 2));
  CHECK(CheckPeriod(absl::CivilDay(2026, 8, 31), std::nullopt, kToday)->to ==
        absl::CivilDay(2027, 2, 28));
}

TEST_CASE("A delegation holds for twelve months from today at most", "[registry][domain]") {
  CHECK(CheckPeriod(std::nullopt, absl::CivilDay(2027, 3, 2), kToday).ok());
  CHECK(ReasonOf(CheckPeriod(std::nullopt, absl::CivilDay(2027, 3, 3), kToday)) ==
        "INVALID_REQUEST");
  CHECK(ReasonOf(CheckPeriod(absl::CivilDay(2026, 10, 1), absl::CivilDay(2027, 9, 30), kToday)) ==
        "INVALID_REQUEST");
}

TEST_CASE("A delegation neither begins in the past nor ends before it begins",
          "[registry][domain]") {
  CHECK(ReasonOf(CheckPeriod(kToday - 1, std::nullopt, kToday)) == "INVALID_REQUEST");
  CHECK(ReasonOf(CheckPeriod(kToday + 2, kToday + 1, kToday)) == "INVALID_REQUEST");
  CHECK(CheckPeriod(kToday + 1, kToday + 1, kToday).ok());
}

TEST_CASE("Its days are Swedish ones, whole", "[registry][domain]") {
  const Period period{absl::CivilDay(2026, 3, 29), absl::CivilDay(2026, 3, 29)};
  CHECK(absl::FormatTime(period.begin(), absl::UTCTimeZone()) == "2026-03-28T23:00:00+00:00");
  CHECK(period.end() - period.begin() == absl::Hours(23));
}

TEST_CASE("A counsel needs no delegation from herself", "[registry][domain]") {
  CHECK(ReasonOf(CheckInvitation(kAstrid, PersonId::Trusted(kAstrid.text()), 0)) ==
        "DELEGATE_IS_PRINCIPAL");
}

TEST_CASE("The tenth delegate is the last", "[registry][domain]") {
  CHECK(CheckInvitation(kAstrid, kDisa, 9).ok());
  CHECK(ReasonOf(CheckInvitation(kAstrid, kDisa, 10)) == "TOO_MANY_DELEGATES");
}

TEST_CASE("Signed it invites, accepted it holds, revoked it ends", "[registry][domain]") {
  Delegation delegation = Draft();
  REQUIRE_OK(FileDelegation(delegation, Signed(kNow), kNow));
  CHECK(StateAt(delegation, kNow) == DelegationState::kInvited);
  REQUIRE_OK(AcceptDelegation(delegation, 1, kNow));
  CHECK(StateAt(delegation, kNow) == DelegationState::kActive);
  REQUIRE_OK(RevokeDelegation(delegation, kNow));
  CHECK(StateAt(delegation, kNow) == DelegationState::kRevoked);
  CHECK(delegation.version == 4);
}

TEST_CASE("Nobody accepts what the counsel has not signed", "[registry][domain]") {
  Delegation delegation = Draft();
  CHECK(ReasonOf(AcceptDelegation(delegation, 1, kNow)) == "DELEGATION_NOT_INVITED");
  CHECK(delegation.version == 1);
}

TEST_CASE("Only a draft that has not lapsed can be signed", "[registry][domain]") {
  REQUIRE_OK(CheckDraft(Draft(), kNow));
  CHECK(ReasonOf(CheckDraft(Invited(), kNow)) == "DELEGATION_NOT_DRAFT");
  CHECK(ReasonOf(CheckDraft(Draft(), kNow + absl::Hours(24 * 14))) == "DELEGATION_ENDED");
}

TEST_CASE("Nothing is signed or accepted twice", "[registry][domain]") {
  Delegation delegation = Active();
  CHECK(ReasonOf(FileDelegation(delegation, Signed(kNow), kNow)) == "DELEGATION_NOT_DRAFT");
  CHECK(ReasonOf(AcceptDelegation(delegation, 1, kNow)) == "DELEGATION_NOT_INVITED");
}

TEST_CASE("A draft and an invitation lapse after fourteen days", "[registry][domain]") {
  const absl::Time lapsed = kNow + absl::Hours(24 * 14);
  Delegation draft = Draft();
  Delegation invited = Invited();
  CHECK(StateAt(invited, lapsed - absl::Microseconds(1)) == DelegationState::kInvited);
  CHECK(StateAt(draft, lapsed) == DelegationState::kLapsed);
  CHECK(StateAt(invited, lapsed) == DelegationState::kLapsed);
  CHECK(StateAt(Active(), lapsed) == DelegationState::kActive);
  CHECK(ReasonOf(FileDelegation(draft, Signed(lapsed), lapsed)) == "DELEGATION_ENDED");
  CHECK(ReasonOf(AcceptDelegation(invited, 1, lapsed)) == "DELEGATION_ENDED");
  CHECK(ReasonOf(RevokeDelegation(invited, lapsed)) == "DELEGATION_ENDED");
}

TEST_CASE("An invitation waits fourteen days from the signature", "[registry][domain]") {
  const absl::Time later = kNow + absl::Hours(24 * 13);
  Delegation delegation = Draft();
  REQUIRE_OK(FileDelegation(delegation, Signed(later), later));
  CHECK(StateAt(delegation, kNow + absl::Hours(24 * 15)) == DelegationState::kInvited);
}

TEST_CASE("A delegation expires with its last day", "[registry][domain]") {
  const Delegation delegation = Active();
  const absl::Time end = delegation.period.end();
  CHECK(StateAt(delegation, end - absl::Microseconds(1)) == DelegationState::kActive);
  CHECK(StateAt(delegation, end) == DelegationState::kExpired);
}

TEST_CASE("Each side is offered what it can do", "[registry][domain]") {
  using Names = std::vector<std::string>;
  CHECK(DelegationTransitions(Draft(), Side::kPrincipal, kNow) ==
        Names{"CreateDelegationSignatureRequest", "FileDelegation", "RevokeDelegation"});
  CHECK(DelegationTransitions(Invited(), Side::kPrincipal, kNow) == Names{"RevokeDelegation"});
  CHECK(DelegationTransitions(Invited(), Side::kDelegate, kNow) ==
        Names{"AcceptDelegation", "RevokeDelegation"});
  CHECK(DelegationTransitions(Active(), Side::kDelegate, kNow) == Names{"RevokeDelegation"});
  CHECK(DelegationTransitions(Active(), Side::kDelegate, Active().period.end()).empty());
}

TEST_CASE("States and kinds are stored under names of their own", "[registry][domain]") {
  for (const auto state : {DelegationState::kDraft, DelegationState::kInvited,
                           DelegationState::kActive, DelegationState::kRevoked}) {
    CHECK(ParseDelegationState(DelegationStateName(state)) == state);
  }
  CHECK(ParseSigningKind(SigningKindName(SigningKind::kConfirmation)) ==
        SigningKind::kConfirmation);
}

}  // namespace
}  // namespace bitrade::registry
