// The first answer to a repeated request, kept in the transaction of the change. Source:
// draft-ietf-httpapi-idempotency-key-header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/error/error.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::idempotency {

// How long a client's key is remembered.
inline constexpr absl::Duration kKeyLife = absl::Hours(48);

// Whose key, for which RPC. Two callers may use the same key for different things.
struct Key {
  std::string caller;  // a person's id or a process' name
  std::string acting_for;
  std::string rpc;
  std::string key;
};

// What shall have its effect once. Refers to what its maker holds.
struct Request {
  const Key& key;
  absl::string_view content;  // canonical bytes: the same content has the same
};

// Returns the first answer to `request`, or nullopt when this is the first. Holds a lock on its key
// until the transaction ends, so that a second call while the first still runs is told so.
//
// Errors: IDEMPOTENCY_IN_PROGRESS (ABORTED); `reused` when the key belongs to other content.
absl::StatusOr<std::optional<std::string>> Find(postgres::Transaction& tx,
                                                const crypto::Keyring& keyring,
                                                const Request& request, absl::Time now,
                                                const Reason& reused);

// Keeps `answer` as the first answer to `request` until `expire` (InfiniteFuture for source ids).
void Keep(postgres::Transaction& tx, const crypto::Keyring& keyring, const Request& request,
          absl::string_view answer, absl::Time expire);

// Deletes keys that have expired, at most 1 000; returns how many. A pass of the sequencer.
absl::StatusOr<int64_t> Purge(postgres::Transaction& tx, absl::Time now);

}  // namespace bitrade::idempotency
