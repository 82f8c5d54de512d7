// The RPCs on counsel: the counsel's own record, the facts that other services ask, and the
// agency's entries.
#pragma once

#include "bitrade/registry/v1/counsel_agency_service.grpc.pb.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/clients/identity.h"
#include "services/registry/counsel/store.h"

namespace bitrade::registry {

class CounselService final : public v1::CounselService::CallbackService {
 public:
  CounselService(rpc::Rpc& rpc, CounselStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* GetCounsel(grpc::CallbackServerContext* context,
                                       const v1::GetCounselRequest* request,
                                       v1::Counsel* response) override;

 private:
  absl::StatusOr<v1::Counsel> Get(rpc::Reading& reading);

  rpc::Rpc& rpc_;
  CounselStore& store_;
};

class CounselFactsService final : public v1::CounselFactsService::CallbackService {
 public:
  CounselFactsService(rpc::Rpc& rpc, CounselStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* GetCounselFacts(grpc::CallbackServerContext* context,
                                            const v1::GetCounselFactsRequest* request,
                                            v1::CounselFacts* response) override;

 private:
  absl::StatusOr<v1::CounselFacts> Get(rpc::Reading& reading,
                                       const v1::GetCounselFactsRequest& request);

  rpc::Rpc& rpc_;
  CounselStore& store_;
};

class CounselAgencyService final : public v1::CounselAgencyService::CallbackService {
 public:
  CounselAgencyService(rpc::Rpc& rpc, CounselStore& store, IdentityClient& identity)
      : rpc_(rpc), store_(store), identity_(identity) {}

  grpc::ServerUnaryReactor* RegisterCounsel(grpc::CallbackServerContext* context,
                                            const v1::RegisterCounselRequest* request,
                                            v1::Counsel* response) override;

 private:
  // The person behind the number is identity's to know: asked first, off the executor.
  void GatherPerson(const rpc::Outgoing& outgoing, const v1::RegisterCounselRequest& request,
                    std::function<void(absl::StatusOr<std::string>)> done);
  absl::StatusOr<v1::Counsel> Register(rpc::Changing& changing,
                                       const v1::RegisterCounselRequest& request,
                                       const std::string& person_id);

  rpc::Rpc& rpc_;
  CounselStore& store_;
  IdentityClient& identity_;
};

}  // namespace bitrade::registry
