// What counsel see of documents: lists and metadata.
#pragma once

#include "bitrade/documents/v1/document_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

class DocumentService final : public v1::DocumentService::CallbackService {
 public:
  DocumentService(rpc::Rpc& rpc, DocumentStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context,
                                          const v1::ListDocumentsRequest* request,
                                          v1::ListDocumentsResponse* response) override;
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context,
                                        const v1::GetDocumentRequest* request,
                                        v1::Document* response) override;

 private:
  absl::StatusOr<v1::ListDocumentsResponse> List(rpc::Reading& reading,
                                                 const v1::ListDocumentsRequest& request);
  absl::StatusOr<v1::Document> Get(rpc::Reading& reading, const v1::GetDocumentRequest& request);

  rpc::Rpc& rpc_;
  DocumentStore& store_;
};

}  // namespace bitrade::documents
