// Tickets on the wire: what identity signs, and what it reads back to renew.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/caller.h"
#include "services/identity/domain/ticket.h"

namespace bitrade::identity {

// Returns a serialized SignedTicket of `ticket`, in whole seconds.
std::string SignTicket(const Ticket& ticket, const crypto::Signer& signer);

// Reads a ticket whose signature has been verified.
//
// Errors: TICKET_INVALID for one that this service cannot have made.
absl::StatusOr<Ticket> ReadTicket(const rpc::Ticket& verified);

}  // namespace bitrade::identity
