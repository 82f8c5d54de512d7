// The frame of every RPC. A service's override is three lines: it hands its request to one of these
// with the use case, which is straight code and returns StatusOr<Response>.
//
//   return rpc_.Change(*context, *request, *response,
//                      [this](Changing& call, const auto& asked) { return Release(call, asked); });
//
// Read: single statements outside a transaction, audited in a group commit before the answer
// leaves. Change: one transaction for rows, event, first answer and audit row. Answer: no database
// at all. A `gather` asks other processes first, off the executor; the use case gets what it found
// as a value.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <any>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "services/common/audit/append.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::rpc {

// Thread-safe.
class Rpc {
 public:
  explicit Rpc(Parts& parts) : parts_(parts) {}

  Parts& parts() const { return parts_; }

  // `use_case(reading, request)` returns the answer; `use_case(reading, request, response)` fills
  // it where it is, for messages of an arena (arena.h), and returns a Status.
  template <typename Request, typename Response, typename UseCase>
  grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext& context, const Request& request,
                                 Response& response, UseCase use_case) {
    return Unary(
        context, MethodOf<Request>(),
        [&request, &response, use_case](Call& call, postgres::Connection& connection) {
          return ReadWork(call, connection, [&](Reading& reading) -> absl::Status {
            if constexpr (std::is_invocable_v<UseCase, Reading&, const Request&, Response&>) {
              response.Clear();  // of an attempt that was broken off
              return use_case(reading, request, response);
            } else {
              ASSIGN_OR_RETURN(response, use_case(reading, request));
              return absl::OkStatus();
            }
          });
        });
  }

  template <typename Request, typename Response, typename UseCase>
  grpc::ServerUnaryReactor* Change(grpc::CallbackServerContext& context, const Request& request,
                                   Response& response, UseCase use_case) {
    return Unary(context, MethodOf<Request>(),
                 [&request, &response, use_case](Call& call, postgres::Connection& connection) {
                   return ChangeWork(call, connection, response, [&](Changing& changing) {
                     return use_case(changing, request);
                   });
                 });
  }

  // With facts from others: `gather(outgoing, request, done)` calls done(StatusOr<Facts>) once,
  // from any thread.
  template <typename Facts, typename Request, typename Response, typename Gather, typename UseCase>
  grpc::ServerUnaryReactor* ChangeWith(grpc::CallbackServerContext& context, const Request& request,
                                       Response& response, Gather gather, UseCase use_case) {
    auto facts = std::make_shared<Facts>();
    return Gathered(
        context, MethodOf<Request>(),
        [facts, gather, &request](const Outgoing& outgoing,
                                  std::function<void(absl::Status)> done) {
          gather(outgoing, request, [facts, done = std::move(done)](absl::StatusOr<Facts> found) {
            if (found.ok()) *facts = std::move(*found);
            done(found.status());
          });
        },
        [facts, &request, &response, use_case](Call& call, postgres::Connection& connection) {
          return ChangeWork(call, connection, response, [&](Changing& changing) {
            return use_case(changing, request, static_cast<const Facts&>(*facts));
          });
        });
  }

  // `answer(caller, request, now)` uses neither database nor neighbours.
  template <typename Request, typename Response, typename UseCase>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext& context, const Request& request,
                                   Response& response, UseCase answer) {
    return Immediate(context, MethodOf<Request>(), [&](Call& call) -> absl::Status {
      ASSIGN_OR_RETURN(response, answer(call.caller(), request, call.now()));
      return absl::OkStatus();
    });
  }

  // The work of a read or a change on a connection; what streams are made of as well.
  template <typename UseCase>
  static absl::Status ReadWork(Call& call, postgres::Connection& connection, UseCase use_case) {
    return connection.Read([&](postgres::Transaction& tx) {
      call.ForgetSeen();
      Reading reading(call, tx);
      return use_case(reading);
    });
  }

  template <typename Response, typename UseCase>
  static absl::Status ChangeWork(Call& call, postgres::Connection& connection, Response& response,
                                 UseCase use_case) {
    return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
      call.ForgetSeen();
      Changing changing(call, tx);
      ASSIGN_OR_RETURN(response, use_case(changing));
      if (call.method().audit != Audit::kNone) audit::Append(tx, {call.AuditEntry("OK")});
      return absl::OkStatus();
    });
  }

 private:
  using Work = std::function<absl::Status(Call&, postgres::Connection&)>;
  using GatherStep = std::function<void(const Outgoing&, std::function<void(absl::Status)>)>;

  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext& context, const Method& method,
                                  Work work);
  grpc::ServerUnaryReactor* Gathered(grpc::CallbackServerContext& context, const Method& method,
                                     const GatherStep& gather, Work work);
  grpc::ServerUnaryReactor* Immediate(grpc::CallbackServerContext& context, const Method& method,
                                      const std::function<absl::Status(Call&)>& answer);

  Parts& parts_;
};

}  // namespace bitrade::rpc
