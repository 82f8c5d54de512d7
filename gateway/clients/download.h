// One download under way. A part of clients/documents.cc.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <atomic>
#include <memory>

#include "gateway/clients/documents.h"

namespace bitrade::gateway {

// Keeps itself alive until gRPC is done with it.
class DownloadStream final : public grpc::ClientReadReactor<documents::v1::DownloadResponse>,
                             public std::enable_shared_from_this<DownloadStream> {
 public:
  DownloadStream(rpc::Neighbour& documents, documents::v1::DownloadRequest request,
                 DownloadSink sink);

  grpc::ClientContext& context() { return context_; }
  void Start(documents::v1::ContentService::Stub& stub);

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  void Begin();
  void TakePiece();
  void GoOn(bool wanted);

  rpc::Neighbour& documents_;
  const documents::v1::DownloadRequest request_;
  const DownloadSink sink_;
  grpc::ClientContext context_;
  documents::v1::DownloadResponse message_;
  grpc::Alarm too_late_;
  std::atomic<bool> begun_{false};
  std::atomic<bool> late_{false};
  std::shared_ptr<DownloadStream> self_;  // until OnDone
};

}  // namespace bitrade::gateway
