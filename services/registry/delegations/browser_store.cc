#include "services/registry/delegations/browser_store.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

}  // namespace

// One row: how many browsers, and whether this is one of them.
constexpr Statement kKnown{"delegate_browser_known", R"sql(
    SELECT count(*), coalesce(bool_or(encode(browser_hash, 'hex') = ANY ($2::text[])), false)
    FROM delegate_browser WHERE delegation_id = $1)sql"};
// Nothing where somebody was quicker.
constexpr Statement kAdd{"delegate_browser_add", R"sql(
    INSERT INTO delegate_browser (delegation_id, browser_hash, hash_key_id, first_time) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING)sql"};

Familiarity BrowserStore::Meet(postgres::Transaction& tx, const DelegationId& delegation,
                               absl::string_view browser, absl::Time now) {
  const std::vector<crypto::KeyedHash> hashes =
      keyring_.Hashes(absl::StrCat("delegate_browser/", delegation.text(), "/", browser));
  std::vector<std::string> texts;
  for (const crypto::KeyedHash& hash : hashes) texts.push_back(absl::BytesToHexString(hash.hash));
  const pqxx::row known = tx.Exec(kKnown, delegation.text(), postgres::ArrayParam(texts))[0];
  if (known[1].as<bool>()) return Familiarity::kKnown;
  const pqxx::result added = tx.Exec(kAdd, delegation.text(), postgres::Bytea(hashes.front().hash),
                                     hashes.front().key_id, postgres::TimeParam(now));
  if (added.affected_rows() == 0) return Familiarity::kKnown;
  return known[0].as<int>() == 0 ? Familiarity::kFirst : Familiarity::kNew;
}

constexpr Statement kForgetEnded{"delegate_browser_forget_ended", R"sql(
    DELETE FROM delegate_browser b USING delegation g
    WHERE g.id = b.delegation_id AND (g.state = 'REVOKED' OR g.valid_until <= $1::timestamptz))sql"};

void BrowserStore::ForgetEnded(postgres::Transaction& tx, absl::Time now) {
  tx.Exec(kForgetEnded, postgres::TimeParam(now));
}

}  // namespace bitrade::registry
