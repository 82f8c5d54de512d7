#include "gateway/testing/session_ends.h"

#include "services/common/error/error.h"
#include "services/common/rpc/status.h"

namespace bitrade::gateway::testing {

std::vector<std::string> SessionEnds::ended() {
  const std::lock_guard lock(mutex_);
  return ended_;
}

grpc::Status SessionEnds::EndSession(grpc::ServerContext* /*context*/,
                                     const identity::v1::EndSessionRequest* request,
                                     identity::v1::EndSessionResponse* /*response*/) {
  if (unavailable) return rpc::ToGrpc(Refuse(kUnavailable));
  const std::lock_guard lock(mutex_);
  ended_.push_back(request->session_id());
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
