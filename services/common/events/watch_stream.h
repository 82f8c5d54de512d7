// Reading a Watch with patience: a source that stays silent longer than its heartbeats allow is
// given up.
#pragma once

#include <grpcpp/client_context.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "absl/status/statusor.h"
#include "bitrade/events/v1/event_service.grpc.pb.h"

namespace bitrade::events {

// Thread-safe. Lives until gRPC has done with it, which a hold puts off until no more is read:
// reads begin in the reader's thread, where gRPC would otherwise not expect them.
class WatchStream final : public grpc::ClientReadReactor<v1::WatchResponse> {
 public:
  // Opens the stream.
  static std::shared_ptr<WatchStream> Open(v1::EventService::Stub& stub,
                                           const v1::WatchRequest& request);

  // Returns the next message. Errors: how the stream ended; DEADLINE_EXCEEDED after `patience` of
  // silence.
  absl::StatusOr<v1::WatchResponse> Next(std::chrono::milliseconds patience);
  // Ends the stream; Next returns at once. Whoever opened it cancels it.
  void Cancel();

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  void Read();
  void LetGo();

  grpc::ClientContext context_;
  v1::WatchRequest request_;
  v1::WatchResponse reading_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool busy_ = false;  // a read is under way
  bool have_ = false;  // reading_ is a message that nobody has taken
  bool held_ = true, cancelled_ = false, ended_ = false;
  grpc::Status status_;
  std::shared_ptr<WatchStream> self_;
};

}  // namespace bitrade::events
