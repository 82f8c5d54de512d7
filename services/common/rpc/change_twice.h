// A change whose middle is a question to somebody outside: what may happen once only is used up and
// committed, the other is asked while nothing is held, and what follows from the answer, or from
// there being none, is stored.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/rpc/finish.h"
#include "services/common/rpc/guard.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::rpc {

// The steps of such a call: `claim(changing, request)` returns StatusOr<Claimed> in a transaction
// of its own, without an audit row; `ask(claimed, done)` calls done(StatusOr<Found>) once, from any
// thread; `settle(changing, claimed, found)` returns StatusOr<Response> in one transaction with the
// audit row, and is told of a failed question, too; also when the caller has gone meanwhile.
template <typename Claim, typename Ask, typename Settle>
struct Turns {
  Claim claim;
  Ask ask;
  Settle settle;
};
template <typename Claim, typename Ask, typename Settle>
Turns(Claim, Ask, Settle) -> Turns<Claim, Ask, Settle>;

// A process that dies between the steps leaves what was claimed used up.
template <typename Claimed, typename Found, typename Request, typename Response, typename AllTurns>
grpc::ServerUnaryReactor* ChangeTwice(Rpc& rpc, grpc::CallbackServerContext& context,
                                      const Request& request, Response& response, AllTurns turns) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  auto call = std::make_shared<Call>(rpc.parts(), context, MethodOf<Request>());
  auto claimed = std::make_shared<Claimed>();
  const auto complete = Finishing(call, reactor);
  const auto store = [call, claimed, complete, settle = turns.settle,
                      &response](absl::StatusOr<Found> found) {
    call->RunToEnd(
        [call, claimed, settle, found = std::move(found),
         &response](postgres::Connection& connection) {
          return Guarded([&] {
            return Rpc::ChangeWork(*call, connection, response, [&](Changing& changing) {
              return settle(changing, *claimed, found);
            });
          });
        },
        complete);
  };
  const auto use_up = [call, claimed, claim = turns.claim,
                       &request](postgres::Connection& connection) {
    return Guarded([&] {
      return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
        Changing changing(*call, tx);
        ASSIGN_OR_RETURN(*claimed, claim(changing, request));
        return absl::OkStatus();
      });
    });
  };
  const absl::Status admitted = call->Admit();
  if (!admitted.ok()) {
    complete(admitted);
    return reactor;
  }
  call->Run(use_up, [claimed, complete, store, ask = turns.ask](const absl::Status& status) {
    status.ok() ? ask(*claimed, store) : complete(status);
  });
  return reactor;
}

}  // namespace bitrade::rpc
