// Streams, with the same first and last steps as every RPC. No connection and no executor thread is
// held while a client is slow: each message is a short work of its own.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <optional>
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
    call_->RunNext(
        [this](postgres::Connection& connection) {
          return Guarded([&] { return Fill(connection); });
        },
        [this](const absl::Status& status) {
          if (!status.ok()) return Break(status);
          more_ ? this->StartWrite(&response_) : Finish(grpc::Status::OK);
        });
  }

  void Break(const absl::Status& status) {
    call_->Broke(status);
    Finish(ToGrpc(status));
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

// What a stream from the client becomes; made for one call and used by one thread at a time.
template <typename Request, typename Response>
class Intake {
 public:
  virtual ~Intake() = default;

  // Takes a message, once, without the database; it may move from it. Returns whether there is
  // something to store.
  virtual absl::StatusOr<bool> Take(Request& message) = 0;

  // Stores what was taken, in a transaction of its own that may run again. Returns the answer when
  // nothing that follows can change it.
  virtual absl::StatusOr<std::optional<Response>> Store(Changing& changing) = 0;

  // Answers after the last message; its transaction, which may run again, carries the audit row.
  virtual absl::StatusOr<Response> Close(Changing& changing) = 0;
};

// A stream from the client: the next message is read when the last is stored.
template <typename Request, typename Response>
class ClientStream final : public grpc::ServerReadReactor<Request> {
 public:
  ClientStream(Rpc& rpc, grpc::CallbackServerContext& context, Response& response,
               std::unique_ptr<Intake<Request, Response>> intake)
      : call_(std::make_shared<Call>(rpc.parts(), context, MethodOf<Request>())),
        response_(response),
        intake_(std::move(intake)) {
    if (absl::Status admitted = call_->Admit(); !admitted.ok()) {
      End(admitted);
      return;
    }
    this->StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    taken_ = false;
    ended_ = !ok;
    const auto work = [this](postgres::Connection& connection) {
      return Guarded([&] { return ended_ ? Closing(connection) : Receiving(connection); });
    };
    const auto done = [this](const absl::Status& status) {
      !status.ok() || ended_ ? End(status) : this->StartRead(&request_);
    };
    // What was let in with its first message is not shed with a later one. Nothing is touched after
    // the work is handed over: the next message may be here before this line is left.
    const bool goes_on = std::exchange(begun_, true);
    goes_on ? call_->RunNext(work, done) : call_->Run(work, done);
  }
  void OnDone() override { delete this; }

 private:
  // The work may run again, after the owner of facts was asked; the message is taken once.
  absl::Status Receiving(postgres::Connection& connection) {
    if (!taken_) {
      ASSIGN_OR_RETURN(stores_, intake_->Take(request_));
      taken_ = true;
    }
    if (!stores_) return absl::OkStatus();
    return connection.Transact([this](postgres::Transaction& tx) { return Storing(tx); });
  }

  absl::Status Storing(postgres::Transaction& tx) {
    call_->ForgetSeen();
    Changing changing(*call_, tx);
    ASSIGN_OR_RETURN(std::optional<Response> answer, intake_->Store(changing));
    ended_ = answer.has_value();
    if (!answer) return absl::OkStatus();
    response_ = *std::move(answer);
    if (call_->method().audit != Audit::kNone) audit::Append(tx, {call_->AuditEntry("OK")});
    return absl::OkStatus();
  }

  absl::Status Closing(postgres::Connection& connection) {
    return Rpc::ChangeWork(*call_, connection, response_,
                           [this](Changing& changing) { return intake_->Close(changing); });
  }

  void End(const absl::Status& status) {
    call_->Complete(status, [this](const grpc::Status& answer) { this->Finish(answer); });
  }

  std::shared_ptr<Call> call_;
  Response& response_;
  std::unique_ptr<Intake<Request, Response>> intake_;
  Request request_;
  bool begun_ = false;   // a first message has come
  bool taken_ = false;   // the present one was taken
  bool stores_ = false;  // and is to be stored
  bool ended_ = false;   // no further message matters
};

}  // namespace bitrade::rpc
