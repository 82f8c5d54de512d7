// The steps of an RPC that asks for a signature, the same for every owner of something that is
// signed: what is signed is frozen in a transaction, and identity is told once that is committed.
#pragma once

#include <utility>

#include "services/common/rpc/change_then.h"
#include "services/common/signing/client.h"

namespace bitrade::signing {

// What the transaction needs to know of others where it needs nothing.
struct NoFacts {};

// Asks nobody before what is signed is frozen.
inline constexpr auto kAskNobody = [](const rpc::Outgoing& /*outgoing*/, const auto& /*request*/,
                                      auto done) { done(NoFacts()); };

// Returns the steps for rpc::ChangeThen<Facts, MadeRequest>. `gather(outgoing, request, done)` asks
// others first; `freeze(changing, request, facts)` returns StatusOr<MadeRequest>. `client` must
// outlive the call.
template <typename Gather, typename Freeze>
auto RequestSteps(Client& client, Gather gather, Freeze freeze) {
  return rpc::Steps{std::move(gather), std::move(freeze),
                    [&client](const rpc::Outgoing& outgoing, const MadeRequest& made, auto done) {
                      client.Tell(outgoing, made, std::move(done));
                    }};
}

}  // namespace bitrade::signing
