#include "services/common/rpc/neighbour.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>

#include "services/common/error/error.h"
#include "services/common/rpc/callback_threads.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/tls.h"

namespace bitrade::rpc {
namespace {

std::shared_ptr<grpc::Channel> Connect(const std::string& name, const std::string& address,
                                       const TlsFiles& tls) {
  HoldCallbackThreads();
  grpc::ChannelArguments arguments;
  // A neighbour that comes back is found within a moment, and one that hangs is noticed.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);  // what an attempt may take, too
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 2'000);
  // A call that meets a connection on its way out (GOAWAY) was never seen by the neighbour: gRPC
  // sends it over the next one. Nothing else is sent twice: there is no policy that says so.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 1);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMostMetadata);
  // Left to itself gRPC reads ahead of a stream by what it takes for bandwidth and delay: where the
  // machine is slow, a hundred megabytes of a document lie in memory.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
  // The length of what is compressed and then encrypted tells of its content.
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_CHANNELZ, 0);  // counts every call, and nobody asks
  arguments.SetLoadBalancingPolicyName("round_robin");
  return grpc::CreateCustomChannel("dns:///" + address, ClientTls(tls, name), arguments);
}

// A refusal with details was written by a process that lives: what it lacks is not itself.
bool CountsAsFailure(const grpc::Status& status) {
  const bool silent = status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                      status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
  return silent && status.error_details().empty();
}

}  // namespace

Neighbour::Neighbour(const std::string& name, const std::string& address, const TlsFiles& tls,
                     NeighbourLimits limits)
    : limits_(limits), channel_(Connect(name, address, tls)) {}

absl::Status Neighbour::Enter() {
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (failures_ >= limits_.failures_to_open) {
      if (now < open_until_) return Refuse(kUnavailable);
      open_until_ =
          now + limits_.open_for;  // this call is the probe; the others wait for its outcome
    }
  }
  if (under_way_.fetch_add(1) < limits_.most_under_way) return absl::OkStatus();
  under_way_.fetch_sub(1);
  return Refuse(kOverloaded);
}

void Neighbour::Left(const grpc::Status& status) {
  under_way_.fetch_sub(1);
  const std::lock_guard lock(mutex_);
  // Who gave up by himself has learnt nothing of the neighbour.
  if (status.error_code() == grpc::StatusCode::CANCELLED) return;
  if (!CountsAsFailure(status)) {
    failures_ = 0;
  } else if (++failures_ >= limits_.failures_to_open) {
    open_until_ = std::chrono::steady_clock::now() + limits_.open_for;
  }
}

void Neighbour::AddMetadata(const Outgoing& outgoing, grpc::ClientContext& context) {
  const std::pair<const char*, const std::string*> headers[] = {
      {kRequestIdHeader, &outgoing.request_id},
      {kTraceparentHeader, &outgoing.traceparent},
      {kPersonHeader, &outgoing.person}};
  for (const auto& [name, value] : headers) {
    if (!value->empty()) context.AddMetadata(name, *value);
  }
}

bool Neighbour::Prepare(const Outgoing& outgoing, grpc::ClientContext& context) const {
  AddMetadata(outgoing, context);
  const auto now = std::chrono::system_clock::now();
  context.set_deadline(std::min(outgoing.deadline, now + limits_.deadline));
  return outgoing.deadline < now + limits_.deadline / 2;
}

}  // namespace bitrade::rpc
