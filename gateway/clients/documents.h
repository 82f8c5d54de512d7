// What the gateway asks documents: content, piece by piece as fast as somebody takes it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "bitrade/documents/v1/document_service.grpc.pb.h"
#include "gateway/backends/backend.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// Who takes a download. All are called one after the other, from threads of gRPC.
struct DownloadSink {
  // The first message, without data. False: nothing more is wanted.
  std::function<bool(const documents::v1::DownloadResponse&)> begin;
  // A piece. True: the next one, please. False: only once `go_on` is called, which the sink does
  // exactly once, from any thread; `go_on(false)` ends the download.
  std::function<bool(std::string piece, std::function<void(bool)> go_on)> piece;
  // The end, once. Errors: those of the contract before `begin`, UNAVAILABLE, DEADLINE_EXCEEDED.
  std::function<void(absl::Status)> end;
};

// Thread-safe. Must outlive its downloads.
class DocumentsClient {
 public:
  explicit DocumentsClient(rpc::Neighbour& documents);

  // Starts a download. Nothing is read ahead of what the sink takes. A service that does not begin
  // within 900 ms is given up.
  void Download(const rpc::Outgoing& outgoing, const Authority& authority,
                documents::v1::DownloadRequest request, DownloadSink sink);

 private:
  rpc::Neighbour& documents_;
  std::unique_ptr<documents::v1::ContentService::Stub> stub_;
};

}  // namespace bitrade::gateway
