#include "gateway/backends/backend.h"

#include <utility>

#include "services/common/rpc/metadata.h"

namespace bitrade::gateway {

void AddAuthority(const Authority& authority, grpc::ClientContext& context) {
  if (authority.ticket.empty()) return;
  context.AddMetadata(rpc::kTicketHeader, std::string(authority.ticket));
  context.AddMetadata(rpc::kActingForHeader, std::string(authority.acting_for));
}

void Backend::Call(const rpc::Outgoing& outgoing, const Authority& authority,
                   const BackendCall& call,
                   std::function<void(absl::StatusOr<grpc::ByteBuffer>)> done) {
  neighbour_.Call<grpc::ByteBuffer>(
      outgoing,
      [&](grpc::ClientContext* context, grpc::ByteBuffer* answer, auto finished) {
        AddAuthority(authority, *context);
        stub_.UnaryCall(context, call.path, {}, &call.request, answer, std::move(finished));
      },
      std::move(done));
}

}  // namespace bitrade::gateway
