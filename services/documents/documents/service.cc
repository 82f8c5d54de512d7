#include "services/documents/documents/service.h"

#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/documents/documents/convert.h"

namespace bitrade::documents {

grpc::ServerUnaryReactor* DocumentService::ListDocuments(grpc::CallbackServerContext* context,
                                                         const v1::ListDocumentsRequest* request,
                                                         v1::ListDocumentsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

grpc::ServerUnaryReactor* DocumentService::GetDocument(grpc::CallbackServerContext* context,
                                                       const v1::GetDocumentRequest* request,
                                                       v1::Document* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::ListDocumentsResponse> DocumentService::List(
    rpc::Reading& reading, const v1::ListDocumentsRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId id,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), request.cursor()));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(const auto page, store_.List(reading.tx(), ReaderOf(reading), id, rows));
  if (!page) return access::NotSeen(reading, id.text());
  for (const Document& document : page->documents) reading.Saw(document.id.text());
  return ToProto(*page);
}

absl::StatusOr<v1::Document> DocumentService::Get(rpc::Reading& reading,
                                                  const v1::GetDocumentRequest& request) {
  ASSIGN_OR_RETURN(const DocumentId id, ParseId<DocumentId>(request.id(), "id"));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(const auto document, store_.Find(reading.tx(), ReaderOf(reading), id));
  if (!document) return NotSeen(reading, store_, id);
  return ToProto(*document);
}

}  // namespace bitrade::documents
