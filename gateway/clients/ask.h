// How a client of the gateway asks another process with a request of its own.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// Asks `by`, with a request that lives as long as the call: `start(context, request, response,
// finished)` hands it to the stub before Ask returns. `done` is called once, as Neighbour::Call
// says, with its errors.
template <typename Request, typename Response, typename Start>
void Ask(rpc::Neighbour& by, const rpc::Outgoing& outgoing, Request request,
         std::function<void(absl::StatusOr<Response>)> done, Start start) {
  auto kept = std::make_shared<Request>(std::move(request));
  by.Call<Response>(
      outgoing,
      [&](auto* context, auto* response, auto finished) {
        start(context, kept.get(), response, std::move(finished));
      },
      [kept, done = std::move(done)](absl::StatusOr<Response> response) {
        done(std::move(response));
      });
}

}  // namespace bitrade::gateway
