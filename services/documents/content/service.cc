#include "services/documents/content/service.h"

#include <memory>

#include "services/common/rpc/streams.h"
#include "services/documents/content/download.h"

namespace bitrade::documents {

grpc::ServerWriteReactor<v1::DownloadResponse>* ContentService::Download(
    grpc::CallbackServerContext* context, const v1::DownloadRequest* request) {
  const auto download = std::make_shared<documents::Download>(documents_, contents_, *request);
  return new rpc::ServerStream<v1::DownloadResponse>(
      rpc_, *context, rpc::MethodOf<v1::DownloadRequest>(),
      [download](rpc::Reading& reading) { return download->Open(reading); },
      [download](rpc::Reading& reading, v1::DownloadResponse& response) {
        return download->Next(reading, response);
      });
}

}  // namespace bitrade::documents
