// Two RPCs of the product with use cases that a test gives: GetCounsel, for persons and audited,
// and GetCounselFacts, for processes and not.
#pragma once

#include <functional>
#include <utility>

#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::rpc::testing {

class Counsel final : public registry::v1::CounselService::CallbackService {
 public:
  using UseCase = std::function<absl::StatusOr<registry::v1::Counsel>(Reading&)>;
  Counsel(Rpc& rpc, UseCase use_case) : rpc_(rpc), use_case_(std::move(use_case)) {}

  grpc::ServerUnaryReactor* GetCounsel(grpc::CallbackServerContext* context,
                                       const registry::v1::GetCounselRequest* request,
                                       registry::v1::Counsel* response) override {
    arrived_ = context;
    return rpc_.Read(
        *context, *request, *response,
        [this](Reading& reading, const auto& /*asked*/) { return use_case_(reading); });
  }

  // The call that came last. Valid while it is under way.
  grpc::CallbackServerContext* arrived() const { return arrived_; }

 private:
  Rpc& rpc_;
  const UseCase use_case_;
  std::atomic<grpc::CallbackServerContext*> arrived_{nullptr};
};

// Asks `gather` first; without one, nobody.
class Facts final : public registry::v1::CounselFactsService::CallbackService {
 public:
  using Done = std::function<void(absl::StatusOr<int>)>;
  using Gather = std::function<void(const Outgoing&, const std::string& counsel_id, Done)>;
  Facts(Rpc& rpc, Gather gather) : rpc_(rpc), gather_(std::move(gather)) {}

  grpc::ServerUnaryReactor* GetCounselFacts(grpc::CallbackServerContext* context,
                                            const registry::v1::GetCounselFactsRequest* request,
                                            registry::v1::CounselFacts* response) override {
    return rpc_.ChangeWith<int>(
        *context, *request, *response,
        [this](const Outgoing& outgoing, const registry::v1::GetCounselFactsRequest& asked,
               Done done) { gather_(outgoing, asked.counsel_id(), std::move(done)); },
        [](Changing& /*changing*/, const auto& asked,
           const int& version) -> absl::StatusOr<registry::v1::CounselFacts> {
          registry::v1::CounselFacts facts;
          facts.set_counsel_id(asked.counsel_id());
          facts.set_version(version);
          return facts;
        });
  }

 private:
  Rpc& rpc_;
  const Gather gather_;
};

}  // namespace bitrade::rpc::testing
