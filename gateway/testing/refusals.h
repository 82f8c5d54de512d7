// Identity's record of what the gateway refuses, as a test lets it answer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "bitrade/identity/v1/refusal_service.grpc.pb.h"

namespace bitrade::gateway::testing {

// Keeps what the gateway tells, until it is told to be unavailable.
class Refusals final : public identity::v1::RefusalService::Service {
 public:
  std::atomic<bool> unavailable{false};

  // Waits, at most ten seconds, until there are `count`; returns all, in their order.
  std::vector<identity::v1::Refusal> Await(size_t count);

  // Waits, at most ten seconds, until the gateway has told something, taken or not.
  bool AwaitAsked();

  grpc::Status RecordRefusals(grpc::ServerContext*,
                              const identity::v1::RecordRefusalsRequest* request,
                              identity::v1::RecordRefusalsResponse* response) override;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false;
  std::vector<identity::v1::Refusal> told_;
};

}  // namespace bitrade::gateway::testing
