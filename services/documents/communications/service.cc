#include "services/documents/communications/service.h"

#include <memory>

#include "services/documents/communications/upload.h"

namespace bitrade::documents {

grpc::ServerReadReactor<v1::CommunicateRequest>* DocumentAgencyService::Communicate(
    grpc::CallbackServerContext* context, v1::Document* response) {
  return new rpc::ClientStream<v1::CommunicateRequest, v1::Document>(
      rpc_, *context, *response, std::make_unique<Upload>(documents_, contents_, policy_));
}

}  // namespace bitrade::documents
