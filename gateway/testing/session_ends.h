// Identity's record of ended sessions, as a test lets it answer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "bitrade/identity/v1/session_service.grpc.pb.h"

namespace bitrade::gateway::testing {

// Records what the gateway says, until it is told to be unavailable.
class SessionEnds final : public identity::v1::SessionService::Service {
 public:
  std::atomic<bool> unavailable{false};

  // The sessions that were ended one by one, in their order; and how often all were.
  std::vector<std::string> ended();
  int revocations() const { return revocations_; }
  // Why and from where each of them was ended: "LOGGED_OUT 127.0.0.1".
  std::vector<std::string> causes();

  // From now on the end of a session is answered once Release is called.
  void Hold();
  void Release();
  // Waits until such an end has come, for five seconds at most.
  void AwaitHeld();

  // The new ticket is the old one and " rotated".
  grpc::Status RotateSession(grpc::ServerContext*,
                             const identity::v1::RotateSessionRequest* request,
                             identity::v1::RotateSessionResponse* response) override;
  grpc::Status EndSession(grpc::ServerContext*, const identity::v1::EndSessionRequest* request,
                          identity::v1::EndSessionResponse* response) override;
  grpc::Status RevokeSessions(grpc::ServerContext*,
                              const identity::v1::RevokeSessionsRequest* request,
                              identity::v1::RevokeSessionsResponse* response) override;

 private:
  std::atomic<int> revocations_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool holding_ = false;
  int held_ = 0;
  std::vector<std::string> ended_, causes_;
};

}  // namespace bitrade::gateway::testing
