// Content, streamed to the gateway.
#pragma once

#include "bitrade/documents/v1/document_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/documents/content/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

class ContentService final : public v1::ContentService::CallbackService {
 public:
  ContentService(rpc::Rpc& rpc, DocumentStore& documents, ContentStore& contents)
      : rpc_(rpc), documents_(documents), contents_(contents) {}

  grpc::ServerWriteReactor<v1::DownloadResponse>* Download(
      grpc::CallbackServerContext* context, const v1::DownloadRequest* request) override;

 private:
  rpc::Rpc& rpc_;
  DocumentStore& documents_;
  ContentStore& contents_;
};

}  // namespace bitrade::documents
