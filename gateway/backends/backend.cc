#include "gateway/backends/backend.h"

#include <utility>

#include "services/common/rpc/metadata.h"

namespace bitrade::gateway {
namespace {

struct InPlace {};  // the answer is where the caller wanted it

}  // namespace

void AddAuthority(const Authority& authority, grpc::ClientContext& context) {
  if (authority.ticket.empty()) return;
  context.AddMetadata(rpc::kTicketHeader, std::string(authority.ticket));
  context.AddMetadata(rpc::kActingForHeader, std::string(authority.acting_for));
}

void Backend::Call(const rpc::Outgoing& outgoing, const Authority& authority,
                   const BackendCall& call, std::function<void(absl::Status)> done) {
  neighbour_.Call<InPlace>(
      outgoing,
      [&](grpc::ClientContext* context, InPlace*, auto finished) {
        AddAuthority(authority, *context);
        stub_.UnaryCall(context, call.path, {}, &call.request, &call.response, std::move(finished));
      },
      [done = std::move(done)](const absl::StatusOr<InPlace>& answer) { done(answer.status()); });
}

}  // namespace bitrade::gateway
