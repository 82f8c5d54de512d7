#include "services/registry/delegations/convert.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/base/dates.h"
#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {
namespace {

constexpr size_t kMaxName = 200;

v1::Delegation::State StateToProto(DelegationState state) {
  switch (state) {
    case DelegationState::kDraft:
      return v1::Delegation::DRAFT;
    case DelegationState::kInvited:
      return v1::Delegation::INVITED;
    case DelegationState::kActive:
      return v1::Delegation::ACTIVE;
    case DelegationState::kRevoked:
      return v1::Delegation::REVOKED;
    case DelegationState::kExpired:
      return v1::Delegation::EXPIRED;
    case DelegationState::kLapsed:
      return v1::Delegation::LAPSED;
  }
  return v1::Delegation::STATE_UNSPECIFIED;
}

v1::Delegation::SigningKind KindToProto(const std::optional<Signing>& signing) {
  if (!signing) return v1::Delegation::SIGNING_KIND_UNSPECIFIED;
  return signing->kind == SigningKind::kSignature ? v1::Delegation::SIGNATURE
                                                  : v1::Delegation::CONFIRMATION;
}

std::optional<absl::CivilDay> DayIfAny(const std::string& text, absl::string_view field,
                                       Violations& violations) {
  if (text.empty()) return std::nullopt;
  const std::optional<absl::CivilDay> day = ParseDate(text);
  if (!day) violations.Add(field, "MALFORMED", "a day, YYYY-MM-DD");
  return day;
}

}  // namespace

absl::StatusOr<NewDelegation> FromProto(const v1::CreateDelegationRequest& request) {
  ASSIGN_OR_RETURN(std::vector<std::string> scopes,
                   CheckScopes({request.scopes().begin(), request.scopes().end()}));
  Violations violations;
  if (request.identity_number().empty()) {
    violations.Add("identity_number", "REQUIRED", "personnummer or samordningsnummer, 12 digits");
  }
  if (!IsLine(request.name(), kMaxName)) {
    violations.Add("name", request.name().empty() ? "REQUIRED" : "MALFORMED",
                   "1 to 200 characters in one line");
  }
  NewDelegation wanted{.name = request.name(),
                       .scopes = std::move(scopes),
                       .from = DayIfAny(request.valid_from_date(), "valid_from_date", violations),
                       .to = DayIfAny(request.valid_to_date(), "valid_to_date", violations)};
  RETURN_IF_ERROR(violations.ToStatus());
  return wanted;
}

Side SideOf(const Delegation& delegation, const PersonId& person) {
  return delegation.principal.text() == person.text() ? Side::kPrincipal : Side::kDelegate;
}

v1::Delegation ToProto(const NamedDelegation& named, Side side, absl::Time now) {
  const Delegation& delegation = named.delegation;
  const DelegationState state = StateAt(delegation, now);
  v1::Delegation out;
  out.set_id(delegation.id.text());
  out.set_counsel_id(delegation.principal.text());
  out.set_counsel_name(named.principal_name);
  out.set_name(delegation.name);
  out.mutable_scopes()->Add(delegation.scopes.begin(), delegation.scopes.end());
  out.set_valid_from_date(FormatDate(delegation.period.from));
  out.set_valid_to_date(FormatDate(delegation.period.to));
  out.set_side(side == Side::kPrincipal ? v1::Delegation::PRINCIPAL : v1::Delegation::DELEGATE);
  out.set_signing_kind(KindToProto(delegation.signing));
  if (state == DelegationState::kDraft || state == DelegationState::kInvited) {
    rpc::SetTime(delegation.lapse_time, *out.mutable_lapse_time());
  }
  out.set_state(StateToProto(state));
  rpc::SetTime(delegation.create_time, *out.mutable_create_time());
  rpc::SetTime(delegation.update_time, *out.mutable_update_time());
  for (std::string& name : DelegationTransitions(delegation, side, now)) {
    out.add_transitions(std::move(name));
  }
  out.set_etag(absl::StrCat(delegation.version));
  return out;
}

v1::DelegationTerms ToProto(const DelegationTerms& terms) {
  v1::DelegationTerms out;
  out.set_version(terms.version);
  out.set_text_swedish(terms.text_swedish);
  out.set_text_english(terms.text_english);
  return out;
}

v1::DelegationFacts ToProto(const DelegationFacts& facts) {
  v1::DelegationFacts out;
  out.set_delegation_id(facts.id.text());
  out.set_principal_id(facts.principal.text());
  out.set_delegate_id(facts.delegate.text());
  out.set_version(facts.version);
  out.mutable_scopes()->Add(facts.scopes.begin(), facts.scopes.end());
  out.set_valid_from_us(absl::ToUnixMicros(facts.valid_from));
  out.set_valid_until_us(absl::ToUnixMicros(facts.valid_until));
  out.set_active(facts.state == DelegationState::kActive);
  return out;
}

std::map<std::string, std::string> EventData(const DelegationFacts& facts) {
  return {{"principal", facts.principal.text()},
          {"delegate", facts.delegate.text()},
          {"scopes", absl::StrJoin(facts.scopes, ",")},
          {"valid_from_us", absl::StrCat(absl::ToUnixMicros(facts.valid_from))},
          {"valid_until_us", absl::StrCat(absl::ToUnixMicros(facts.valid_until))},
          {"state", std::string(DelegationStateName(facts.state))}};
}

}  // namespace bitrade::registry
