// Keeps the payout accounts of counsel. Kind and numbers are sealed; whoever reads is the counsel
// of what is read, in the statement itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/registry/domain/payout_change.h"

namespace bitrade::registry {

// A change with the name of the counsel who makes it.
struct NamedPayoutChange {
  PayoutChange change;
  std::string counsel_name;
};

struct PayoutChangePage {
  std::vector<PayoutChange> changes;
  int64_t total = 0;
};

// Which rows of a list.
struct PayoutChangeRows {
  int32_t limit = 20;
  int32_t offset = 0;
};

// What others are told of a counsel's account: that there is one, and since when.
struct PayoutStanding {
  CounselId counsel;
  int64_t version = 0;
  absl::Time valid_from;
};

class PayoutAccountStore {
 public:
  explicit PayoutAccountStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Tells whether a person is in the register.
  bool IsCounsel(postgres::Transaction& tx, const CounselId& counsel);

  // Stores a new draft; false when the counsel has one already.
  bool Insert(postgres::Transaction& tx, const PayoutChange& draft);

  // Returns a change of the counsel's. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<NamedPayoutChange>> Find(postgres::Transaction& tx,
                                                        const CounselId& counsel,
                                                        const PayoutChangeId& id);

  // The same, and locks it.
  absl::StatusOr<std::optional<NamedPayoutChange>> Lock(postgres::Transaction& tx,
                                                        const CounselId& counsel,
                                                        const PayoutChangeId& id);

  // Returns the change that made the account which is paid to now. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<PayoutChange>> Current(postgres::Transaction& tx,
                                                      const CounselId& counsel);

  // Returns a page of the counsel's changes, the newest first. Errors: SEAL_BROKEN.
  absl::StatusOr<PayoutChangePage> List(postgres::Transaction& tx, const CounselId& counsel,
                                        PayoutChangeRows rows);

  // Stores the filing of a draft and returns the account's version. Precondition: locked.
  int64_t File(postgres::Transaction& tx, const PayoutChange& filed);

  // Precondition: locked, and a draft.
  void DeleteDraft(postgres::Transaction& tx, const PayoutChangeId& id);

  // Returns the standing of every account that is paid to.
  std::vector<PayoutStanding> Standings(postgres::Transaction& tx);

 private:
  absl::StatusOr<NamedPayoutChange> ReadRow(const pqxx::row& row);
  absl::StatusOr<std::optional<NamedPayoutChange>> ReadOne(const pqxx::result& rows);

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::registry
