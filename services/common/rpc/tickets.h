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
  // Remembers from `most_remembered` to twice as many tickets: more than the sessions that one
  // process serves in two minutes.
  explicit TicketVerifier(crypto::Verifier keys, size_t most_remembered = 10'000)
      : keys_(std::move(keys)), most_remembered_(most_remembered) {}

  // Returns the ticket of a serialized identity.v1.SignedTicket.
  // Errors: UNAUTHENTICATED when it is forged, malformed or has ended at `now`.
  absl::StatusOr<std::shared_ptr<const Ticket>> Verify(absl::string_view signed_ticket,
                                                       absl::Time now);

  // How many tickets are remembered; for tests.
  size_t remembered();

  // The same for a ticket that has ended at most `grace` ago: what identity renews.
  absl::StatusOr<std::shared_ptr<const Ticket>> VerifyEnded(absl::string_view signed_ticket,
                                                            absl::Time now, absl::Duration grace);

 private:
  using Verified = absl::flat_hash_map<std::string, std::shared_ptr<const Ticket>>;

  absl::StatusOr<std::shared_ptr<const Ticket>> Parse(absl::string_view signed_ticket) const;
  std::shared_ptr<const Ticket> Recall(absl::string_view signed_ticket);
  void Remember(absl::string_view signed_ticket, std::shared_ptr<const Ticket> ticket);

  const crypto::Verifier keys_;
  const size_t most_remembered_;
  std::mutex mutex_;
  // Two generations: what is not asked for while the younger fills up is forgotten with the older.
  Verified young_, old_;
};

}  // namespace bitrade::rpc
