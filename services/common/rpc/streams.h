// Streams, with the same first and last steps as every RPC. No connection and no executor thread is
// held while a client is slow: each message is a short work of its own.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "services/common/rpc/guard.h"
#include "services/common/rpc/rpc.h"
#include "services/common/rpc/status.h"

namespace bitrade::rpc {

// A stream to the client. `open` is the use case that decides whether there is a stream at all (its
// audit precedes the first message); `next` fills one message and says whether there was one.
template <typename Response>
class ServerStream final : public grpc::ServerWriteReactor<Response> {
 public:
  using Open = std::function<absl::Status(Reading&)>;
  using Next = std::function<absl::StatusOr<bool>(Reading&, Response&)>;

  ServerStream(Rpc& rpc, grpc::CallbackServerContext& context, const Method& method, Open open,
               Next next)
      : call_(std::make_shared<Call>(rpc.parts(), context, method)), next_(std::move(next)) {
    if (absl::Status admitted = call_->Admit(); !admitted.ok()) {
      End(admitted);
      return;
    }
    call_->Run([this, open = std::move(open)](
                   postgres::Connection& connection) { return Opening(connection, open); },
               [this](const absl::Status& status) { status.ok() ? Opened() : End(status); });
  }

  void OnWriteDone(bool ok) override { ok ? Step() : Finish(grpc::Status::CANCELLED); }
  void OnDone() override { delete this; }

 private:
  absl::Status Opening(postgres::Connection& connection, const Open& open) {
    return Guarded([&] {
      return connection.Read([&](postgres::Transaction& tx) {
        Reading reading(*call_, tx);
        return open(reading);
      });
    });
  }

  // The audit of the read is committed before the first byte leaves.
  void Opened() {
    call_->Complete(absl::OkStatus(),
                    [this](const grpc::Status& status) { status.ok() ? Step() : Finish(status); });
  }

  void Step() {
    call_->Run(
        [this](postgres::Connection& connection) {
          return Guarded([&] { return Fill(connection); });
        },
        [this](const absl::Status& status) {
          if (!status.ok()) return Finish(ToGrpc(status));
          more_ ? this->StartWrite(&response_) : Finish(grpc::Status::OK);
        });
  }

  absl::Status Fill(postgres::Connection& connection) {
    return connection.Read([this](postgres::Transaction& tx) -> absl::Status {
      Reading reading(*call_, tx);
      response_.Clear();
      ASSIGN_OR_RETURN(more_, next_(reading, response_));
      return absl::OkStatus();
    });
  }

  void End(const absl::Status& status) {
    call_->Complete(status, [this](const grpc::Status& answer) { Finish(answer); });
  }
  void Finish(const grpc::Status& status) { grpc::ServerWriteReactor<Response>::Finish(status); }

  std::shared_ptr<Call> call_;
  Next next_;
  Response response_;
  bool more_ = false;
};

// A stream from the client. `receive` is called for each message in a transaction of its own,
// `finish` after the last; its transaction carries the audit row.
template <typename Request, typename Response>
class ClientStream final : public grpc::ServerReadReactor<Request> {
 public:
  using Receive = std::function<absl::Status(Changing&, const Request&)>;
  using Close = std::function<absl::StatusOr<Response>(Changing&)>;

  ClientStream(Rpc& rpc, grpc::CallbackServerContext& context, Response& response, Receive receive,
               Close close)
      : call_(std::make_shared<Call>(rpc.parts(), context, MethodOf<Request>())),
        response_(response),
        receive_(std::move(receive)),
        close_(std::move(close)) {
    if (absl::Status admitted = call_->Admit(); !admitted.ok()) {
      End(admitted);
      return;
    }
    this->StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Closing();
    call_->Run(
        [this](postgres::Connection& connection) {
          return Guarded([&] { return Receiving(connection); });
        },
        [this](const absl::Status& status) {
          status.ok() ? this->StartRead(&request_) : End(status);
        });
  }
  void OnDone() override { delete this; }

 private:
  absl::Status Receiving(postgres::Connection& connection) {
    return connection.Transact([this](postgres::Transaction& tx) {
      Changing changing(*call_, tx);
      return receive_(changing, request_);
    });
  }

  void Closing() {
    call_->Run(
        [this](postgres::Connection& connection) {
          return Guarded([&] { return Rpc::ChangeWork(*call_, connection, response_, close_); });
        },
        [this](const absl::Status& status) { End(status); });
  }

  void End(const absl::Status& status) {
    call_->Complete(status, [this](const grpc::Status& answer) { this->Finish(answer); });
  }

  std::shared_ptr<Call> call_;
  Response& response_;
  Receive receive_;
  Close close_;
  Request request_;
};

}  // namespace bitrade::rpc
