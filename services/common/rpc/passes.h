// What every service's sequencer does with the rows that changes have left.
#pragma once

#include <string>
#include <vector>

#include "services/common/base/clock.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/events/sequencer.h"

namespace bitrade::rpc {

// Numbers events, vouches for the audit trail in the file `checkpoints`, seals new audit rows and
// forgets expired idempotency keys, in that order.
std::vector<events::Pass> PassesAfterCommit(const Clock& clock, const std::string& checkpoints,
                                            crypto::Signer signer);

// Tells whether the first of them would find rows: events without a number, audit rows without a
// seal.
bool AnythingLeft(postgres::Transaction& tx);

}  // namespace bitrade::rpc
