#include "gateway/testing/refusals.h"

#include <chrono>

#include "services/common/error/error.h"
#include "services/common/rpc/status.h"

namespace bitrade::gateway::testing {

std::vector<identity::v1::Refusal> Refusals::Await(size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::seconds(10),
                    [this, count] { return told_.size() >= count; });
  return told_;
}

bool Refusals::AwaitAsked() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return asked_; });
}

grpc::Status Refusals::RecordRefusals(grpc::ServerContext* /*context*/,
                                      const identity::v1::RecordRefusalsRequest* request,
                                      identity::v1::RecordRefusalsResponse* /*response*/) {
  const std::lock_guard lock(mutex_);
  asked_ = true;
  changed_.notify_all();
  if (unavailable) return rpc::ToGrpc(Refuse(kUnavailable));
  told_.insert(told_.end(), request->refusals().begin(), request->refusals().end());
  return grpc::Status::OK;
}

}  // namespace bitrade::gateway::testing
