// Verifying tickets: each once per process, as a verification costs more than the rest of a call's
// checks together.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/caller.h"

namespace bitrade::rpc {

// Thread-safe.
class TicketVerifier {
 public:
  explicit TicketVerifier(crypto::Verifier keys) : keys_(std::move(keys)) {}

  // Returns the ticket of a serialized identity.v1.SignedTicket.
  // Errors: UNAUTHENTICATED when it is forged, malformed or has ended at `now`.
  absl::StatusOr<std::shared_ptr<const Ticket>> Verify(absl::string_view signed_ticket,
                                                       absl::Time now);

  // The same for a ticket that has ended at most `grace` ago: what identity renews.
  absl::StatusOr<std::shared_ptr<const Ticket>> VerifyEnded(absl::string_view signed_ticket,
                                                            absl::Time now, absl::Duration grace);

 private:
  absl::StatusOr<std::shared_ptr<const Ticket>> Parse(absl::string_view signed_ticket) const;

  const crypto::Verifier keys_;
  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const Ticket>> verified_;
};

}  // namespace bitrade::rpc
