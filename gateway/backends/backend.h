// A service behind the gateway: any of its unary RPCs, whatever the messages are.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// On whose authority the gateway calls; empty for what is public.
struct Authority {
  absl::string_view ticket;      // a serialized SignedTicket of identity
  absl::string_view acting_for;  // the counsel's id
};

// Puts the authority into a call's metadata.
void AddAuthority(const Authority& authority, grpc::ClientContext& context);

// One call. Everything it refers to lives until `done`.
struct BackendCall {
  const std::string& path;  // "/bitrade.registry.v1.CounselService/GetCounsel"
  const google::protobuf::Message& request;
};

// Thread-safe. Must outlive its calls.
class Backend {
 public:
  explicit Backend(rpc::Neighbour& neighbour) : neighbour_(neighbour), stub_(neighbour.channel()) {}

  // Calls and returns at once; `done` is called once, with the serialized answer, from a thread of
  // gRPC, or at once when the call is refused.
  // Errors: those of the service, UNAVAILABLE, DEADLINE_EXCEEDED, OVERLOADED.
  void Call(const rpc::Outgoing& outgoing, const Authority& authority, const BackendCall& call,
            std::function<void(absl::StatusOr<grpc::ByteBuffer>)> done);

 private:
  rpc::Neighbour& neighbour_;
  grpc::TemplatedGenericStub<google::protobuf::MessageLite, grpc::ByteBuffer> stub_;
};

}  // namespace bitrade::gateway
