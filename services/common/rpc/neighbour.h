// Another process, as seen from here: one channel with mTLS, a bound on calls under way, and a
// circuit breaker, so that a neighbour that is slow or gone costs nobody but those who need it.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/rpc/outgoing.h"
#include "services/common/rpc/status.h"

namespace bitrade::rpc {

struct TlsFiles;

struct NeighbourLimits {
  std::chrono::milliseconds deadline{900};  // of one call; shorter than what a client waits
  int most_under_way = 64;
  int failures_to_open = 5;  // in a row: then the neighbour is left alone
  std::chrono::milliseconds open_for{500};
};

// Thread-safe. Must outlive its calls.
class Neighbour {
 public:
  Neighbour(const std::string& name, const std::string& address, const TlsFiles& tls,
            NeighbourLimits limits = {});

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // Calls and returns at once; `done` gets the outcome once, from a gRPC thread, or here and now
  // when the call is refused.
  //   identity.Call<v1::EnsurePersonResponse>(outgoing, [&](auto* context, auto* response, auto
  //   finished) {
  //     stub->async()->EnsurePerson(context, request, response, finished); }, done);
  // `start` is called before Call returns; what it hands to gRPC must live until `done`.
  template <typename Response, typename Start>
  void Call(const Outgoing& outgoing, Start start,
            std::function<void(absl::StatusOr<Response>)> done) {
    if (absl::Status admitted = Enter(); !admitted.ok()) return done(admitted);
    auto state = std::make_shared<UnderWay<Response>>();
    const bool hurried = Prepare(outgoing, state->context);
    state->done = std::move(done);
    start(&state->context, &state->response, [this, state, hurried](const grpc::Status& status) {
      Left(hurried && status.error_code() == grpc::DEADLINE_EXCEEDED ? grpc::Status::CANCELLED
                                                                     : status);
      if (!status.ok()) return state->done(FromGrpc(status));
      state->done(std::move(state->response));
    });
  }

  // The same, waiting for the outcome: for threads in the background, never for a call's.
  template <typename Response, typename Start>
  absl::StatusOr<Response> CallAndWait(const Outgoing& outgoing, Start start) {
    std::promise<absl::StatusOr<Response>> promise;
    Call<Response>(outgoing, std::move(start), [&promise](absl::StatusOr<Response> outcome) {
      promise.set_value(std::move(outcome));
    });
    return promise.get_future().get();
  }

  // For streams, which live outside Call: puts metadata into a context, asks whether a call may
  // begin, and tells how one that did has ended.
  // Errors of Enter: UNAVAILABLE while the breaker is open, OVERLOADED.
  static void AddMetadata(const Outgoing& outgoing, grpc::ClientContext& context);
  absl::Status Enter();
  void Left(const grpc::Status& status);

 private:
  template <typename Response>
  struct UnderWay {
    grpc::ClientContext context;
    Response response;
    std::function<void(absl::StatusOr<Response>)> done;
  };

  // Returns whether the caller has much less time than the neighbour would get.
  bool Prepare(const Outgoing& outgoing, grpc::ClientContext& context) const;

  const NeighbourLimits limits_;
  std::shared_ptr<grpc::Channel> channel_;
  std::atomic<int> under_way_{0};
  std::mutex mutex_;
  int failures_ = 0;
  std::chrono::steady_clock::time_point open_until_{};
};

}  // namespace bitrade::rpc
