#include "services/registry/delegations/changes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/registry/delegations/convert.h"

namespace bitrade::registry {
namespace {

absl::Status CheckVersion(const Delegation& delegation, absl::string_view etag) {
  return etag == absl::StrCat(delegation.version) ? absl::OkStatus() : Refuse(kEtagMismatch);
}

}  // namespace

// Whoever acts for a counsel is still the person of the ticket here.
DelegationChanges::DelegationChanges(rpc::Changing& changing, DelegationStore& store)
    : changing_(changing),
      store_(store),
      person_(PersonId::Trusted(changing.caller().ticket->person_id)) {}

absl::Status DelegationChanges::CheckWanted(const v1::CreateDelegationRequest& request) {
  if (!store_.LockPrincipal(changing_.tx(), CounselId::Trusted(person_.text()))) {
    return Refuse(kPermissionDenied);
  }
  return FromProto(request).status();
}

absl::StatusOr<v1::Delegation> DelegationChanges::Create(const v1::CreateDelegationRequest& request,
                                                         const PersonId& delegate) {
  if (!store_.LockPrincipal(changing_.tx(), CounselId::Trusted(person_.text()))) {
    return Refuse(kPermissionDenied);
  }
  return changing_.Once<v1::Delegation>(request.idempotency_key(), request,
                                        [&] { return Draft(request, delegate); });
}

absl::StatusOr<v1::Delegation> DelegationChanges::Draft(const v1::CreateDelegationRequest& request,
                                                        const PersonId& delegate) {
  const auto principal = CounselId::Trusted(person_.text());
  const absl::Time now = changing_.now();
  ASSIGN_OR_RETURN(NewDelegation wanted, FromProto(request));
  ASSIGN_OR_RETURN(const Period period, CheckPeriod(wanted.from, wanted.to, SwedishDay(now)));
  RETURN_IF_ERROR(CheckInvitation(principal, delegate,
                                  store_.OtherDelegates(changing_.tx(), principal, delegate, now)));
  const Delegation delegation{.id = changing_.NewId<DelegationId>(),
                              .principal = principal,
                              .delegate = delegate,
                              .name = std::move(wanted.name),
                              .scopes = std::move(wanted.scopes),
                              .period = period,
                              .lapse_time = LapseTimeFrom(now),
                              .signing = std::nullopt,
                              .accept_time = std::nullopt,
                              .terms_version = std::nullopt,
                              .create_time = now,
                              .update_time = now};
  store_.Insert(changing_.tx(), delegation);
  changing_.Saw(delegation.id.text());
  changing_.Emit("delegation", delegation.id.text(), delegation.version, "DRAFTED",
                 EventData(FactsOf(delegation)));
  ASSIGN_OR_RETURN(const auto stored, store_.Find(changing_.tx(), person_, delegation.id));
  return ToProto(*stored, Side::kPrincipal, now);
}

absl::StatusOr<signing::MadeRequest> DelegationChanges::RequestSignature(
    const v1::CreateDelegationSignatureRequestRequest& request) {
  ASSIGN_OR_RETURN(const NamedDelegation named, LockAs(Side::kPrincipal, request.id()));
  return signing::MakeRequest(changing_, request, SubjectOf(named.delegation),
                              [&] { return MakeToBeSigned(named, changing_.now()); });
}

absl::StatusOr<v1::Delegation> DelegationChanges::File(const v1::FileDelegationRequest& request,
                                                       const FilingFacts& facts) {
  ASSIGN_OR_RETURN(NamedDelegation named, LockAs(Side::kPrincipal, request.id()));
  return changing_.Once<v1::Delegation>(request.idempotency_key(), request, [&] {
    return FileLocked(std::move(named), request.etag(), facts);
  });
}

absl::StatusOr<v1::Delegation> DelegationChanges::FileLocked(NamedDelegation named,
                                                             const std::string& etag,
                                                             const FilingFacts& facts) {
  RETURN_IF_ERROR(CheckVersion(named.delegation, etag));
  ASSIGN_OR_RETURN(const Signing signing, MakeSigning(named.delegation, facts.signature,
                                                      facts.confirmation, changing_.now()));
  RETURN_IF_ERROR(FileDelegation(named.delegation, signing, changing_.now()));
  return Keep(named, "INVITED");
}

absl::StatusOr<v1::Delegation> DelegationChanges::Accept(
    const v1::AcceptDelegationRequest& request) {
  ASSIGN_OR_RETURN(NamedDelegation named, LockAs(Side::kDelegate, request.id()));
  RETURN_IF_ERROR(CheckVersion(named.delegation, request.etag()));
  const DelegationTerms terms = store_.TermsOn(changing_.tx(), SwedishDay(changing_.now()));
  if (request.terms_version() != terms.version) return Refuse(kTermsChanged);
  RETURN_IF_ERROR(AcceptDelegation(named.delegation, terms.version, changing_.now()));
  return Keep(named, "ACCEPTED");
}

absl::StatusOr<google::protobuf::Empty> DelegationChanges::Revoke(
    const v1::RevokeDelegationRequest& request) {
  ASSIGN_OR_RETURN(NamedDelegation named, LockSeen(request.id()));
  RETURN_IF_ERROR(CheckVersion(named.delegation, request.etag()));
  RETURN_IF_ERROR(RevokeDelegation(named.delegation, changing_.now()));
  Keep(named, "REVOKED");
  return google::protobuf::Empty();
}

absl::StatusOr<NamedDelegation> DelegationChanges::LockSeen(const std::string& text) {
  ASSIGN_OR_RETURN(const DelegationId id, DelegationId::Parse(text));
  changing_.Saw(id.text());
  ASSIGN_OR_RETURN(std::optional<NamedDelegation> named, store_.Lock(changing_.tx(), person_, id));
  if (!named) return Refuse(kNotFound);
  return *std::move(named);
}

absl::StatusOr<NamedDelegation> DelegationChanges::LockAs(Side side, const std::string& text) {
  ASSIGN_OR_RETURN(NamedDelegation named, LockSeen(text));
  if (SideOf(named.delegation, person_) != side) return Refuse(kNotFound);
  return named;
}

v1::Delegation DelegationChanges::Keep(const NamedDelegation& named, const std::string& kind) {
  const Delegation& delegation = named.delegation;
  store_.Update(changing_.tx(), delegation);
  changing_.Emit("delegation", delegation.id.text(), delegation.version, kind,
                 EventData(FactsOf(delegation)));
  return ToProto(named, SideOf(delegation, person_), changing_.now());
}

}  // namespace bitrade::registry
