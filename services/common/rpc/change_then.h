// A change that another process is told of once it is committed, before the client is answered.
// What is told is made in the transaction; who dies in between is asked again by the client, with
// the same idempotency key, so that both steps must bear a repetition.
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

// The steps of such a call: `gather(outgoing, request, done)` asks others for facts first,
// `change(changing, request, facts)` returns StatusOr<Made> in one transaction, and
// `then(outgoing, made, done)` tells another and gives the answer. Each `done` is called once, from
// any thread, with a StatusOr.
template <typename Gather, typename Change, typename Then>
struct Steps {
  Gather gather;
  Change change;
  Then then;
};
template <typename Gather, typename Change, typename Then>
Steps(Gather, Change, Then) -> Steps<Gather, Change, Then>;

template <typename Facts, typename Made, typename Request, typename Response, typename AllSteps>
grpc::ServerUnaryReactor* ChangeThen(Rpc& rpc, grpc::CallbackServerContext& context,
                                     const Request& request, Response& response, AllSteps steps) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  auto call = std::make_shared<Call>(rpc.parts(), context, MethodOf<Request>());
  const auto complete = Finishing(call, reactor);
  const auto tell = [call, complete, then = steps.then, &response](const Made& made) {
    then(call->ToOthers(), made, [complete, &response](absl::StatusOr<Response> answer) {
      if (answer.ok()) response = *std::move(answer);
      complete(answer.status());
    });
  };
  const auto run = [call, complete, tell, change = steps.change,
                    &request](const absl::StatusOr<Facts>& facts) {
    if (!facts.ok()) return complete(facts.status());
    auto made = std::make_shared<Made>();
    call->Run(
        [call, made, change, facts = *facts, &request](postgres::Connection& connection) {
          return Guarded([&] {
            return Rpc::ChangeWork(*call, connection, *made, [&](Changing& changing) {
              return change(changing, request, facts);
            });
          });
        },
        [complete, tell, made](const absl::Status& status) {
          status.ok() ? tell(*made) : complete(status);
        });
  };
  const absl::Status admitted = call->Admit();
  admitted.ok() ? steps.gather(call->ToOthers(), request, run) : complete(admitted);
  return reactor;
}

}  // namespace bitrade::rpc
