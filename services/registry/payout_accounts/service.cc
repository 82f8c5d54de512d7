#include "services/registry/payout_accounts/service.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/paging.h"
#include "services/common/signing/steps.h"
#include "services/registry/payout_accounts/convert.h"

namespace bitrade::registry {
namespace {

CounselId CounselOf(const rpc::Reading& reading) {
  return CounselId::Trusted(reading.caller().counsel_id());
}

}  // namespace

grpc::ServerUnaryReactor* PayoutAccountService::GetPayoutAccount(
    grpc::CallbackServerContext* context, const v1::GetPayoutAccountRequest* request,
    v1::PayoutAccount* response) {
  return rpc_.Read(
      *context, *request, *response,
      [this](rpc::Reading& reading, const auto& /*asked*/) { return Current(reading); });
}

absl::StatusOr<v1::PayoutAccount> PayoutAccountService::Current(rpc::Reading& reading) {
  ASSIGN_OR_RETURN(const auto current, store_.Current(reading.tx(), CounselOf(reading)));
  if (!current) return Refuse(kNotFound);
  reading.Saw(current->id.text());
  return AccountOf(*current);
}

grpc::ServerUnaryReactor* PayoutAccountService::ListPayoutAccountChanges(
    grpc::CallbackServerContext* context, const v1::ListPayoutAccountChangesRequest* request,
    v1::ListPayoutAccountChangesResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListPayoutAccountChangesResponse> PayoutAccountService::List(
    rpc::Reading& reading, const v1::ListPayoutAccountChangesRequest& request) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  ASSIGN_OR_RETURN(
      const PayoutChangePage page,
      store_.List(reading.tx(), CounselOf(reading), {.limit = rows.limit, .offset = rows.offset}));
  v1::ListPayoutAccountChangesResponse response;
  response.set_total(page.total);
  for (const PayoutChange& change : page.changes) {
    reading.Saw(change.id.text());
    *response.add_changes() = ToProto(change);
  }
  return response;
}

grpc::ServerUnaryReactor* PayoutAccountService::CreatePayoutAccountChange(
    grpc::CallbackServerContext* context, const v1::CreatePayoutAccountChangeRequest* request,
    v1::PayoutAccountChange* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return PayoutChanges(changing, store_).Create(asked);
                     });
}

grpc::ServerUnaryReactor* PayoutAccountService::GetPayoutAccountChange(
    grpc::CallbackServerContext* context, const v1::GetPayoutAccountChangeRequest* request,
    v1::PayoutAccountChange* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::PayoutAccountChange> PayoutAccountService::Get(
    rpc::Reading& reading, const v1::GetPayoutAccountChangeRequest& request) {
  ASSIGN_OR_RETURN(const PayoutChangeId id, ParseId<PayoutChangeId>(request.id(), "id"));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(const auto named, store_.Find(reading.tx(), CounselOf(reading), id));
  if (!named) return Refuse(kNotFound);
  return ToProto(named->change);
}

grpc::ServerUnaryReactor* PayoutAccountService::DeletePayoutAccountChange(
    grpc::CallbackServerContext* context, const v1::DeletePayoutAccountChangeRequest* request,
    google::protobuf::Empty* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return PayoutChanges(changing, store_).Delete(asked);
                     });
}

grpc::ServerUnaryReactor* PayoutAccountService::CreatePayoutAccountChangeSignatureRequest(
    grpc::CallbackServerContext* context,
    const v1::CreatePayoutAccountChangeSignatureRequestRequest* request,
    type::v1::SignatureRequest* response) {
  return rpc::ChangeThen<signing::NoFacts, signing::MadeRequest>(
      rpc_, *context, *request, *response,
      signing::RequestSteps(
          signatures_, signing::kAskNobody,
          [this](rpc::Changing& changing, const auto& asked, const auto& /*none*/) {
            return PayoutChanges(changing, store_).RequestSignature(asked);
          }));
}

grpc::ServerUnaryReactor* PayoutAccountService::FilePayoutAccountChange(
    grpc::CallbackServerContext* context, const v1::FilePayoutAccountChangeRequest* request,
    v1::PayoutAccountChange* response) {
  using Signature = std::optional<signing::Fact>;
  return rpc_.ChangeWith<Signature>(
      *context, *request, *response,
      [this](const rpc::Outgoing& outgoing, const auto& asked, auto done) {
        signatures_.GatherFact(outgoing, asked.signature_id(), std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const Signature& signature) {
        return PayoutChanges(changing, store_).File(asked, signature);
      });
}

}  // namespace bitrade::registry
