#include "services/registry/domain/delegation.h"

#include <array>
#include <utility>

#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"

namespace bitrade::registry {
namespace {

constexpr std::array<std::pair<DelegationState, const char*>, 6> kStates{
    {{DelegationState::kDraft, "DRAFT"},
     {DelegationState::kInvited, "INVITED"},
     {DelegationState::kActive, "ACTIVE"},
     {DelegationState::kRevoked, "REVOKED"},
     {DelegationState::kExpired, "EXPIRED"},
     {DelegationState::kLapsed, "LAPSED"}}};

constexpr std::array<std::pair<SigningKind, const char*>, 2> kKinds{
    {{SigningKind::kSignature, "SIGNATURE"}, {SigningKind::kConfirmation, "CONFIRMATION"}}};

constexpr absl::Duration kPatience = absl::Hours(24 * 14);

bool IsOpen(DelegationState state) {
  return state == DelegationState::kDraft || state == DelegationState::kInvited ||
         state == DelegationState::kActive;
}

// `wanted` at `now`, or why not.
absl::Status CheckStands(const Delegation& delegation, DelegationState wanted,
                         const Reason& otherwise, absl::Time now) {
  const DelegationState state = StateAt(delegation, now);
  if (state == wanted) return absl::OkStatus();
  return Refuse(IsOpen(state) ? otherwise : kDelegationEnded);
}

void Move(Delegation& delegation, DelegationState state, absl::Time now) {
  delegation.state = state;
  ++delegation.version;
  delegation.update_time = now;
}

}  // namespace

const Reason kDelegationNotDraft{"DELEGATION_NOT_DRAFT",
                                 absl::StatusCode::kFailedPrecondition,
                                 {"Not a draft", "The delegation has been signed already."},
                                 {"Inte ett utkast", "Behörigheten är redan undertecknad."}};

const Reason kDelegationNotInvited{
    "DELEGATION_NOT_INVITED",
    absl::StatusCode::kFailedPrecondition,
    {"No invitation", "Only an invitation that waits for its answer can be accepted."},
    {"Ingen inbjudan", "Bara en inbjudan som väntar på svar kan godtas."}};

const Reason kDelegationEnded{
    "DELEGATION_ENDED",
    absl::StatusCode::kFailedPrecondition,
    {"Ended", "The delegation was revoked, has expired or has lapsed."},
    {"Avslutad", "Behörigheten är återkallad, har gått ut eller har förfallit."}};

const Reason kTermsChanged{
    "TERMS_CHANGED",
    absl::StatusCode::kAborted,
    {"The terms have changed", "Read the terms as they are now and accept those."},
    {"Villkoren har ändrats", "Läs villkoren som de är nu och godta dem."}};

absl::string_view DelegationStateName(DelegationState state) { return NameIn(kStates, state); }
DelegationState ParseDelegationState(absl::string_view name) { return ValueIn(kStates, name); }
absl::string_view SigningKindName(SigningKind kind) { return NameIn(kKinds, kind); }
SigningKind ParseSigningKind(absl::string_view name) { return ValueIn(kKinds, name); }

absl::Time LapseTimeFrom(absl::Time now) { return now + kPatience; }

DelegationState StateAt(const Delegation& delegation, absl::Time now) {
  if (!IsOpen(delegation.state)) return delegation.state;
  if (delegation.state != DelegationState::kActive && now >= delegation.lapse_time) {
    return DelegationState::kLapsed;
  }
  return now >= delegation.period.end() ? DelegationState::kExpired : delegation.state;
}

absl::Status CheckDraft(const Delegation& delegation, absl::Time now) {
  return CheckStands(delegation, DelegationState::kDraft, kDelegationNotDraft, now);
}

absl::Status FileDelegation(Delegation& delegation, const Signing& signing, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(delegation, now));
  Move(delegation, DelegationState::kInvited, now);
  delegation.signing = signing;
  delegation.lapse_time = LapseTimeFrom(now);
  return absl::OkStatus();
}

absl::Status AcceptDelegation(Delegation& delegation, int terms_version, absl::Time now) {
  RETURN_IF_ERROR(CheckStands(delegation, DelegationState::kInvited, kDelegationNotInvited, now));
  Move(delegation, DelegationState::kActive, now);
  delegation.accept_time = now;
  delegation.terms_version = terms_version;
  return absl::OkStatus();
}

absl::Status RevokeDelegation(Delegation& delegation, absl::Time now) {
  if (!IsOpen(StateAt(delegation, now))) return Refuse(kDelegationEnded);
  Move(delegation, DelegationState::kRevoked, now);
  return absl::OkStatus();
}

std::vector<std::string> DelegationTransitions(const Delegation& delegation, Side side,
                                               absl::Time now) {
  const DelegationState state = StateAt(delegation, now);
  std::vector<std::string> names;
  if (state == DelegationState::kDraft && side == Side::kPrincipal) {
    names.emplace_back("CreateDelegationSignatureRequest");
    names.emplace_back("FileDelegation");
  }
  if (state == DelegationState::kInvited && side == Side::kDelegate) {
    names.emplace_back("AcceptDelegation");
  }
  if (IsOpen(state)) names.emplace_back("RevokeDelegation");
  return names;
}

}  // namespace bitrade::registry
