#include "gateway/testing/session_ends.h"

#include <chrono>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "services/common/error/error.h"
#include "services/common/rpc/status.h"

namespace bitrade::gateway::testing {

std::vector<std::string> SessionEnds::ended() {
  const std::lock_guard lock(mutex_);
  return ended_;
}

std::vector<std::string> SessionEnds::causes() {
  const std::lock_guard lock(mutex_);
  return causes_;
}

void SessionEnds::Hold() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
  held_ = 0;
}

void SessionEnds::Release() {
  const std::lock_guard lock(mutex_);
  holding_ = false;
  changed_.notify_all();
}

void SessionEnds::AwaitHeld() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::seconds(5), [this] { return held_ > 0; });
}

grpc::Status SessionEnds::RotateSession(grpc::ServerContext* /*context*/,
                                        const identity::v1::RotateSessionRequest* request,
                                        identity::v1::RotateSessionResponse* response) {
  if (unavailable) return rpc::ToGrpc(Refuse(kUnavailable));
  response->set_ticket(absl::StrCat(request->ticket(), " rotated"));
  response->mutable_ticket_expire_time()->set_seconds(std::time(nullptr) + 120);
  return grpc::Status::OK;
}

grpc::Status SessionEnds::EndSession(grpc::ServerContext* /*context*/,
                                     const identity::v1::EndSessionRequest* request,
                                     identity::v1::EndSessionResponse* /*response*/) {
  if (unavailable) return rpc::ToGrpc(Refuse(kUnavailable));
  std::unique_lock lock(mutex_);
  ++held_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !holding_; });
  ended_.push_back(request->session_id());
  causes_.push_back(absl::StrCat(identity::v1::EndSessionRequest::Cause_Name(request->cause()), " ",
                                 request->end_user_ip()));
  return grpc::Status::OK;
}

grpc::Status SessionEnds::RevokeSessions(grpc::ServerContext* /*context*/,
                                         const identity::v1::RevokeSessionsRequest* /*request*/,
                                         identity::v1::RevokeSessionsResponse* /*response*/) {
  if (unavailable) return rpc::ToGrpc(Refuse(kUnavailable));
  ++revocations_;
  return grpc::Status::OK;
}

}  // namespace bitrade::gateway::testing
