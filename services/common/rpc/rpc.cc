#include "services/common/rpc/rpc.h"

#include "services/common/rpc/finish.h"
#include "services/common/rpc/guard.h"

namespace bitrade::rpc {

grpc::ServerUnaryReactor* Rpc::Unary(grpc::CallbackServerContext& context, const Method& method,
                                     Work work) {
  return Gathered(context, method, nullptr, std::move(work));
}

grpc::ServerUnaryReactor* Rpc::Gathered(grpc::CallbackServerContext& context, const Method& method,
                                        const GatherStep& gather, Work work) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  auto call = std::make_shared<Call>(parts_, context, method);
  const auto complete = Finishing(call, reactor);
  if (absl::Status admitted = call->Admit(); !admitted.ok()) {
    complete(admitted);
    return reactor;
  }
  const auto run = [call, complete, work = std::move(work)](const absl::Status& gathered) {
    if (!gathered.ok()) return complete(gathered);
    call->Run(
        [call, work](postgres::Connection& connection) {
          return Guarded([&] { return work(*call, connection); });
        },
        complete);
  };
  if (gather) {
    gather(call->ToOthers(), run);
  } else {
    run(absl::OkStatus());
  }
  return reactor;
}

grpc::ServerUnaryReactor* Rpc::Immediate(grpc::CallbackServerContext& context, const Method& method,
                                         const std::function<absl::Status(Call&)>& answer) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto call = std::make_shared<Call>(parts_, context, method);
  absl::Status status = call->Admit();
  if (status.ok()) status = Guarded([&] { return answer(*call); });
  Finishing(call, reactor)(status);
  return reactor;
}

}  // namespace bitrade::rpc
