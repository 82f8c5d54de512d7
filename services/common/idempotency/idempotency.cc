#include "services/common/idempotency/idempotency.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::idempotency {
namespace {

using postgres::Statement;

std::string Associated(const Key& key) {
  return absl::StrCat("idempotency|", key.caller, "|", key.acting_for, "|", key.rpc, "|", key.key);
}

}  // namespace

constexpr Statement kTryLock{"idempotency_try_lock", R"sql(
    SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || $1, 0)))sql"};

// At most one row.
constexpr Statement kFind{"idempotency_find", R"sql(
    SELECT fingerprint_key_id, fingerprint, answer FROM idempotency_key
    WHERE caller = $1 AND acting_for = $2 AND rpc = $3 AND key = $4 AND expire_time > $5)sql"};

absl::StatusOr<std::optional<std::string>> Find(postgres::Transaction& tx,
                                                const crypto::Keyring& keyring,
                                                const Request& request, absl::Time now,
                                                const Reason& reused) {
  const Key& key = request.key;
  if (!tx.Exec(kTryLock, Associated(key))[0][0].as<bool>()) return Refuse(kIdempotencyInProgress);
  const pqxx::result rows =
      tx.Exec(kFind, key.caller, key.acting_for, key.rpc, key.key, postgres::TimeParam(now));
  if (rows.empty()) return std::nullopt;
  const crypto::KeyedHash kept{rows[0][0].as<std::string>(), postgres::ReadBytes(rows[0][1])};
  const std::vector<crypto::KeyedHash> asked = keyring.Hashes(request.content);
  const bool same = std::any_of(asked.begin(), asked.end(), [&kept](const crypto::KeyedHash& hash) {
    return hash.key_id == kept.key_id && hash.hash == kept.hash;
  });
  if (!same) return Refuse(reused);
  ASSIGN_OR_RETURN(std::string answer,
                   keyring.Open(postgres::ReadBytes(rows[0][2]), Associated(key)));
  return answer;
}

// An expired row that is not purged yet is overwritten.
constexpr Statement kKeep{"idempotency_keep", R"sql(
    INSERT INTO idempotency_key (caller, acting_for, rpc, key, fingerprint_key_id, fingerprint, answer, expire_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (caller, acting_for, rpc, key) DO UPDATE
    SET fingerprint_key_id = excluded.fingerprint_key_id, fingerprint = excluded.fingerprint, answer = excluded.answer,
        expire_time = excluded.expire_time)sql"};

void Keep(postgres::Transaction& tx, const crypto::Keyring& keyring, const Request& request,
          absl::string_view answer, absl::Time expire) {
  const Key& key = request.key;
  const crypto::KeyedHash fingerprint = keyring.Hash(request.content);
  tx.Exec(kKeep, key.caller, key.acting_for, key.rpc, key.key, fingerprint.key_id,
          postgres::Bytea(fingerprint.hash), postgres::Bytea(keyring.Seal(answer, Associated(key))),
          postgres::TimeParam(expire));
}

constexpr Statement kPurge{"idempotency_purge", R"sql(
    DELETE FROM idempotency_key WHERE (caller, acting_for, rpc, key) IN (
      SELECT caller, acting_for, rpc, key FROM idempotency_key
      WHERE expire_time <> 'infinity' AND expire_time <= $1 LIMIT 1000))sql"};

absl::StatusOr<int64_t> Purge(postgres::Transaction& tx, absl::Time now) {
  return static_cast<int64_t>(tx.Exec(kPurge, postgres::TimeParam(now)).affected_rows());
}

}  // namespace bitrade::idempotency
