// Statuses on their way through gRPC: reason, violations, texts and retry advice travel as
// google.rpc details both ways.
#pragma once

#include "absl/status/status.h"

namespace grpc {
class Status;
}

namespace bitrade::rpc {

// The text of INTERNAL, UNKNOWN and DATA_LOSS is dropped: it is logged where it arose and never
// sent.
grpc::Status ToGrpc(const absl::Status& status);

absl::Status FromGrpc(const grpc::Status& status);

}  // namespace bitrade::rpc
