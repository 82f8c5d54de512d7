// What retention asks documents to destroy.
#pragma once

#include "bitrade/documents/v1/disposal_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/documents/disposals/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

class DocumentDisposalService final : public v1::DocumentDisposalService::CallbackService {
 public:
  DocumentDisposalService(rpc::Rpc& rpc, DocumentStore& documents, DisposalStore& disposals)
      : rpc_(rpc), documents_(documents), disposals_(disposals) {}

  grpc::ServerUnaryReactor* ListDisposable(grpc::CallbackServerContext* context,
                                           const v1::ListDisposableRequest* request,
                                           v1::ListDisposableResponse* response) override;
  grpc::ServerUnaryReactor* DisposeContent(grpc::CallbackServerContext* context,
                                           const v1::DisposeContentRequest* request,
                                           v1::DisposalEvidence* response) override;

 private:
  absl::StatusOr<v1::ListDisposableResponse> List(rpc::Reading& reading,
                                                  const v1::ListDisposableRequest& request);
  absl::StatusOr<v1::DisposalEvidence> Dispose(rpc::Changing& changing,
                                               const v1::DisposeContentRequest& request);

  rpc::Rpc& rpc_;
  DocumentStore& documents_;
  DisposalStore& disposals_;
};

}  // namespace bitrade::documents
