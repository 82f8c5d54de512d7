#include "services/retention/clients/documents.h"

#include "services/common/base/status_macros.h"

namespace bitrade::retention {
namespace {

using documents::v1::DisposalEvidence;
using documents::v1::DisposeContentRequest;
using documents::v1::DocumentDisposalService;
using documents::v1::ListDisposableRequest;
using documents::v1::ListDisposableResponse;

}  // namespace

DocumentsClient::DocumentsClient(rpc::Neighbour& documents)
    : documents_(documents), stub_(DocumentDisposalService::NewStub(documents.channel())) {}

absl::StatusOr<std::vector<DocumentId>> DocumentsClient::ListDisposable(
    const rpc::Outgoing& outgoing, const AppointmentId& appointment) {
  ListDisposableRequest request;
  request.set_appointment_id(appointment.text());
  ASSIGN_OR_RETURN(const ListDisposableResponse response,
                   documents_.CallAndWait<ListDisposableResponse>(
                       outgoing, [&](auto* context, auto* answer, auto finished) {
                         stub_->async()->ListDisposable(context, &request, answer, finished);
                       }));
  std::vector<DocumentId> ids;
  for (const std::string& text : response.document_ids()) {
    ASSIGN_OR_RETURN(DocumentId id, DocumentId::Parse(text));
    ids.push_back(std::move(id));
  }
  return ids;
}

absl::StatusOr<Evidence> DocumentsClient::DisposeContent(const rpc::Outgoing& outgoing,
                                                         const DocumentId& document,
                                                         const DisposalId& disposal) {
  DisposeContentRequest request;
  request.set_document_id(document.text());
  request.set_disposal_id(disposal.text());
  ASSIGN_OR_RETURN(const DisposalEvidence evidence,
                   documents_.CallAndWait<DisposalEvidence>(
                       outgoing, [&](auto* context, auto* answer, auto finished) {
                         stub_->async()->DisposeContent(context, &request, answer, finished);
                       }));
  return Evidence{.document = document,
                  .sha256 = evidence.sha256(),
                  .size = evidence.size(),
                  .chunks = evidence.chunks(),
                  .disposed_time = absl::FromUnixMicros(evidence.disposed_us())};
}

}  // namespace bitrade::retention
