#include "services/common/rpc/rpc.h"

#include "services/common/rpc/guard.h"

namespace bitrade::rpc {
namespace {

void Complete(const std::shared_ptr<Call>& call, grpc::ServerUnaryReactor* reactor,
              const absl::Status& status) {
  call->Complete(status, [reactor](const grpc::Status& answer) { reactor->Finish(answer); });
}

}  // namespace

grpc::ServerUnaryReactor* Rpc::Unary(grpc::CallbackServerContext& context, const Method& method,
                                     Work work) {
  return Gathered(context, method, nullptr, std::move(work));
}

grpc::ServerUnaryReactor* Rpc::Gathered(grpc::CallbackServerContext& context, const Method& method,
                                        const GatherStep& gather, Work work) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  auto call = std::make_shared<Call>(parts_, context, method);
  if (absl::Status admitted = call->Admit(); !admitted.ok()) {
    Complete(call, reactor, admitted);
    return reactor;
  }
  const auto run = [call, reactor, work = std::move(work)](const absl::Status& gathered) {
    if (!gathered.ok()) return Complete(call, reactor, gathered);
    call->Run(
        [call, work](postgres::Connection& connection) {
          return Guarded([&] { return work(*call, connection); });
        },
        [call, reactor](const absl::Status& status) { Complete(call, reactor, status); });
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
  Complete(call, reactor, status);
  return reactor;
}

}  // namespace bitrade::rpc
