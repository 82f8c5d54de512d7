// What case systems communicate.
#pragma once

#include "bitrade/documents/v1/document_agency_service.grpc.pb.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"
#include "services/documents/content/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

class DocumentAgencyService final : public v1::DocumentAgencyService::CallbackService {
 public:
  // What a case system may touch is read of `policy`, each time.
  DocumentAgencyService(rpc::Rpc& rpc, DocumentStore& documents, ContentStore& contents,
                        const rpc::PolicyFile& policy)
      : rpc_(rpc), documents_(documents), contents_(contents), policy_(policy) {}

  grpc::ServerReadReactor<v1::CommunicateRequest>* Communicate(grpc::CallbackServerContext* context,
                                                               v1::Document* response) override;

 private:
  rpc::Rpc& rpc_;
  DocumentStore& documents_;
  ContentStore& contents_;
  const rpc::PolicyFile& policy_;
};

}  // namespace bitrade::documents
