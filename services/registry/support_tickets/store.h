// Keeps support tickets, what people wrote sealed, and for a day how many came from where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/registry/domain/support_ticket.h"

namespace bitrade::registry {

struct SupportTicketPage {
  std::vector<SupportTicket> tickets;
  int64_t total = 0;
};

// Which rows of a list.
struct SupportTicketRows {
  SupportState state = SupportState::kOpen;
  std::string reference;  // "" for all in the state
  int32_t limit = 20;
  int32_t offset = 0;
};

class SupportTicketStore {
 public:
  explicit SupportTicketStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Counts what came in before `now`, one transaction after the other, and forgets what is older
  // than a day. `address` is the sender's.
  SupportIntake Intake(postgres::Transaction& tx, absl::string_view address, absl::Time now);

  // Stores a new ticket from `address`.
  void Insert(postgres::Transaction& tx, const SupportTicket& ticket, absl::string_view address);

  // Returns a ticket, locked. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<SupportTicket>> Lock(postgres::Transaction& tx,
                                                    const SupportTicketId& id);

  // Returns a page of tickets, the newest first. Errors: SEAL_BROKEN.
  absl::StatusOr<SupportTicketPage> List(postgres::Transaction& tx, const SupportTicketRows& rows);

  // Stores the answer. Precondition: locked, and answered.
  void Update(postgres::Transaction& tx, const SupportTicket& ticket);

  // Destroys tickets that were answered so long ago that their time is over at `now`, the oldest
  // first, at most `limit`, and returns how many. One that waits for its answer stays, and so does
  // one that was answered on a day in no period. Audited.
  int DisposeDue(postgres::Transaction& tx, absl::Time now, int limit);

 private:
  absl::StatusOr<SupportTicket> ReadRow(const pqxx::row& row);
  std::string AddressHash(absl::string_view address) const;

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::registry
