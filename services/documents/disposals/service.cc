#include "services/documents/disposals/service.h"

#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/documents/disposals/destruction.h"

namespace bitrade::documents {
namespace {

constexpr int kMostListed = 500;

v1::DisposalEvidence ToProto(const DisposalEvidence& evidence) {
  v1::DisposalEvidence out;
  out.set_document_id(evidence.document.text());
  out.set_sha256(evidence.sha256);
  out.set_size(evidence.size);
  out.set_chunks(evidence.chunks);
  out.set_disposed_us(absl::ToUnixMicros(evidence.disposed_time));
  return out;
}

}  // namespace

grpc::ServerUnaryReactor* DocumentDisposalService::ListDisposable(
    grpc::CallbackServerContext* context, const v1::ListDisposableRequest* request,
    v1::ListDisposableResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

grpc::ServerUnaryReactor* DocumentDisposalService::DisposeContent(
    grpc::CallbackServerContext* context, const v1::DisposeContentRequest* request,
    v1::DisposalEvidence* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Dispose(changing, asked); });
}

absl::StatusOr<v1::ListDisposableResponse> DocumentDisposalService::List(
    rpc::Reading& reading, const v1::ListDisposableRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId id,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
  v1::ListDisposableResponse response;
  for (const DocumentId& document : disposals_.WithContent(reading.tx(), id, kMostListed)) {
    response.add_document_ids(document.text());
  }
  return response;
}

absl::StatusOr<v1::DisposalEvidence> DocumentDisposalService::Dispose(
    rpc::Changing& changing, const v1::DisposeContentRequest& request) {
  ASSIGN_OR_RETURN(const DocumentId document,
                   ParseId<DocumentId>(request.document_id(), "document_id"));
  ASSIGN_OR_RETURN(const DisposalId decision,
                   ParseId<DisposalId>(request.disposal_id(), "disposal_id"));
  ASSIGN_OR_RETURN(const DisposalEvidence evidence,
                   DestroyContent(changing, documents_, disposals_, {document, decision}));
  return ToProto(evidence);
}

}  // namespace bitrade::documents
