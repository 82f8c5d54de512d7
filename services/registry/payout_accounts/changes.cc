#include "services/registry/payout_accounts/changes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/registry/payout_accounts/convert.h"
#include "services/registry/payout_accounts/signing.h"

namespace bitrade::registry {
namespace {

absl::Status CheckVersion(const PayoutChange& change, absl::string_view etag) {
  return etag == absl::StrCat(change.version) ? absl::OkStatus() : Refuse(kEtagMismatch);
}

}  // namespace

PayoutChanges::PayoutChanges(rpc::Changing& changing, PayoutAccountStore& store)
    : changing_(changing),
      store_(store),
      counsel_(CounselId::Trusted(changing.caller().counsel_id())) {}

absl::StatusOr<v1::PayoutAccountChange> PayoutChanges::Create(
    const v1::CreatePayoutAccountChangeRequest& request) {
  if (!store_.IsCounsel(changing_.tx(), counsel_)) return Refuse(kPermissionDenied);
  return changing_.Once<v1::PayoutAccountChange>(request.idempotency_key(), request,
                                                 [&] { return Draft(request); });
}

absl::StatusOr<v1::PayoutAccountChange> PayoutChanges::Draft(
    const v1::CreatePayoutAccountChangeRequest& request) {
  ASSIGN_OR_RETURN(PayoutAccount account, FromProto(request));
  const PayoutChange draft{.id = changing_.NewId<PayoutChangeId>(),
                           .counsel = counsel_,
                           .account = std::move(account),
                           .filing = std::nullopt,
                           .create_time = changing_.now(),
                           .update_time = changing_.now()};
  if (!store_.Insert(changing_.tx(), draft)) return Refuse(kPayoutChangeOpen);
  changing_.Saw(draft.id.text());
  return ToProto(draft);
}

absl::StatusOr<google::protobuf::Empty> PayoutChanges::Delete(
    const v1::DeletePayoutAccountChangeRequest& request) {
  ASSIGN_OR_RETURN(const NamedPayoutChange named, Lock(request.id()));
  RETURN_IF_ERROR(CheckVersion(named.change, request.etag()));
  RETURN_IF_ERROR(CheckPayoutDraft(named.change));
  store_.DeleteDraft(changing_.tx(), named.change.id);
  return google::protobuf::Empty();
}

absl::StatusOr<signing::MadeRequest> PayoutChanges::RequestSignature(
    const v1::CreatePayoutAccountChangeSignatureRequestRequest& request) {
  ASSIGN_OR_RETURN(const NamedPayoutChange named, Lock(request.id()));
  // Nobody is led through a confirmation that could file nothing.
  if (request.method() == type::v1::TELIA) return Refuse(kPayoutNeedsBankid);
  return signing::MakeRequest(changing_, request, SubjectOf(named.change),
                              [&] { return MakeToBeSigned(named); });
}

absl::StatusOr<v1::PayoutAccountChange> PayoutChanges::File(
    const v1::FilePayoutAccountChangeRequest& request,
    const std::optional<signing::Fact>& signature) {
  ASSIGN_OR_RETURN(NamedPayoutChange named, Lock(request.id()));
  return changing_.Once<v1::PayoutAccountChange>(request.idempotency_key(), request, [&] {
    return FileLocked(std::move(named.change), request.etag(), signature);
  });
}

absl::StatusOr<v1::PayoutAccountChange> PayoutChanges::FileLocked(
    PayoutChange change, const std::string& etag, const std::optional<signing::Fact>& signature) {
  RETURN_IF_ERROR(CheckVersion(change, etag));
  RETURN_IF_ERROR(CheckSignature(change, signature));
  RETURN_IF_ERROR(FilePayoutChange(change, SignatureId::Trusted(signature->signature_id),
                                   signature->time, changing_.now()));
  const PayoutStanding standing{.counsel = counsel_,
                                .version = store_.File(changing_.tx(), change),
                                .valid_from = changing_.now()};
  changing_.Emit("payout_account", counsel_.text(), standing.version, "CHANGED",
                 EventData(standing));
  return ToProto(change);
}

absl::StatusOr<NamedPayoutChange> PayoutChanges::Lock(const std::string& text) {
  ASSIGN_OR_RETURN(const PayoutChangeId id, ParseId<PayoutChangeId>(text, "id"));
  changing_.Saw(id.text());
  ASSIGN_OR_RETURN(std::optional<NamedPayoutChange> named,
                   store_.Lock(changing_.tx(), counsel_, id));
  if (!named) return Refuse(kNotFound);
  return *std::move(named);
}

}  // namespace bitrade::registry
