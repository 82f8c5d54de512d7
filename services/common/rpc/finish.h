// The end of a call with one answer.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "services/common/rpc/call.h"

namespace bitrade::rpc {

// Returns what completes `call` with a status, once, and then gives the answer through `reactor`.
inline auto Finishing(std::shared_ptr<Call> call, grpc::ServerUnaryReactor* reactor) {
  return [call = std::move(call), reactor](const absl::Status& status) {
    call->Complete(status, [reactor](const grpc::Status& answer) { reactor->Finish(answer); });
  };
}

}  // namespace bitrade::rpc
