#include "services/registry/payout_accounts/store.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

// Binds the sealed account to its change and its counsel, so that it can be put nowhere else.
std::string Associated(const PayoutChange& change) {
  return absl::StrCat("payout_account_change/", change.id.text(), "/", change.counsel.text(),
                      "/account");
}

// What is sealed: kind, clearing number, number.
std::string Packed(const PayoutAccount& account) {
  return absl::StrCat(PayoutKindName(account.kind), " ", account.clearing_number, " ",
                      account.number);
}

absl::StatusOr<PayoutAccount> Unpacked(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ');
  if (parts.size() != 3) return absl::DataLossError("a kept payout account does not parse");
  return PayoutAccount{
      .kind = ParsePayoutKind(parts[0]), .clearing_number = parts[1], .number = parts[2]};
}

// The columns that ReadRow reads, in their order, of the counsel's changes; $1 is the counsel.
#define PAYOUT_COLUMNS                                                                            \
  "p.id, p.counsel_id, p.account, p.signature_id, p.sign_time, p.valid_from, p.account_version, " \
  "p.version, p.create_time, p.update_time, c.name"
#define FROM_OWN_PAYOUTS \
  " FROM payout_account_change p JOIN counsel c ON c.id = p.counsel_id WHERE p.counsel_id = $1 "
constexpr int kColumns = 11;

std::optional<PayoutFiling> ReadFiling(const pqxx::row& row, pqxx::row::size_type first) {
  if (row[first].is_null()) return std::nullopt;
  return PayoutFiling{.signature = SignatureId::Trusted(row[first].as<std::string>()),
                      .sign_time = postgres::ReadTime(row[first + 1]),
                      .valid_from = postgres::ReadTime(row[first + 2]),
                      .account_version = row[first + 3].as<int64_t>()};
}

}  // namespace

absl::StatusOr<NamedPayoutChange> PayoutAccountStore::ReadRow(const pqxx::row& row) {
  PayoutChange change{.id = PayoutChangeId::Trusted(row[0].as<std::string>()),
                      .counsel = CounselId::Trusted(row[1].as<std::string>()),
                      .account = {},
                      .filing = ReadFiling(row, 3),
                      .version = row[7].as<int64_t>(),
                      .create_time = postgres::ReadTime(row[8]),
                      .update_time = postgres::ReadTime(row[9])};
  ASSIGN_OR_RETURN(const std::string packed,
                   keyring_.Open(postgres::ReadBytes(row[2]), Associated(change)));
  ASSIGN_OR_RETURN(change.account, Unpacked(packed));
  return NamedPayoutChange{std::move(change), row[10].as<std::string>()};
}

absl::StatusOr<std::optional<NamedPayoutChange>> PayoutAccountStore::ReadOne(
    const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(NamedPayoutChange found, ReadRow(rows[0]));
  return found;
}

// At most one row.
constexpr Statement kIsCounsel{"payout_is_counsel", R"sql(
    SELECT 1 FROM counsel WHERE id = $1)sql"};

bool PayoutAccountStore::IsCounsel(postgres::Transaction& tx, const CounselId& counsel) {
  return !tx.Exec(kIsCounsel, counsel.text()).empty();
}

constexpr Statement kInsert{"payout_insert", R"sql(
    INSERT INTO payout_account_change (id, counsel_id, account, version, create_time, update_time) VALUES ($1, $2, $3, $4, $5, $5)
    ON CONFLICT (counsel_id) WHERE signature_id IS NULL DO NOTHING)sql"};

bool PayoutAccountStore::Insert(postgres::Transaction& tx, const PayoutChange& draft) {
  return tx.Exec(kInsert, draft.id.text(), draft.counsel.text(),
                 postgres::Bytea(keyring_.Seal(Packed(draft.account), Associated(draft))),
                 draft.version, postgres::TimeParam(draft.create_time))
             .affected_rows() == 1;
}

// At most one row.
constexpr Statement kFind{"payout_find", "SELECT " PAYOUT_COLUMNS FROM_OWN_PAYOUTS "AND p.id = $2"};

absl::StatusOr<std::optional<NamedPayoutChange>> PayoutAccountStore::Find(
    postgres::Transaction& tx, const CounselId& counsel, const PayoutChangeId& id) {
  return ReadOne(tx.Exec(kFind, counsel.text(), id.text()));
}

// At most one row.
constexpr Statement kLock{
    "payout_lock", "SELECT " PAYOUT_COLUMNS FROM_OWN_PAYOUTS "AND p.id = $2 FOR UPDATE OF p"};

absl::StatusOr<std::optional<NamedPayoutChange>> PayoutAccountStore::Lock(
    postgres::Transaction& tx, const CounselId& counsel, const PayoutChangeId& id) {
  return ReadOne(tx.Exec(kLock, counsel.text(), id.text()));
}

// At most one row.
constexpr Statement kCurrent{"payout_current", "SELECT " PAYOUT_COLUMNS FROM_OWN_PAYOUTS
                                               "AND p.account_version IS NOT NULL "
                                               "ORDER BY p.account_version DESC LIMIT 1"};

absl::StatusOr<std::optional<PayoutChange>> PayoutAccountStore::Current(postgres::Transaction& tx,
                                                                        const CounselId& counsel) {
  ASSIGN_OR_RETURN(std::optional<NamedPayoutChange> found,
                   ReadOne(tx.Exec(kCurrent, counsel.text())));
  if (!found) return std::nullopt;
  return std::move(found->change);
}

// One row at least: the total, and NULLs where the page is empty.
constexpr Statement kList{"payout_list",
                          "WITH mine AS (SELECT " PAYOUT_COLUMNS " AS counsel_name" FROM_OWN_PAYOUTS
                          ") SELECT m.*, t.total FROM (SELECT count(*) AS total FROM mine) t "
                          "LEFT JOIN (SELECT * FROM mine ORDER BY id DESC LIMIT $2 OFFSET $3) m "
                          "ON true ORDER BY m.id DESC"};

absl::StatusOr<PayoutChangePage> PayoutAccountStore::List(postgres::Transaction& tx,
                                                          const CounselId& counsel,
                                                          PayoutChangeRows rows) {
  const pqxx::result found = tx.Exec(kList, counsel.text(), rows.limit, rows.offset);
  PayoutChangePage page{.changes = {}, .total = found[0][kColumns].as<int64_t>()};
  for (const auto& row : found) {
    if (row[0].is_null()) break;
    ASSIGN_OR_RETURN(NamedPayoutChange named, ReadRow(row));
    page.changes.push_back(std::move(named.change));
  }
  return page;
}

// One row. A counsel's filings come one after the other: there is one draft, and it is locked.
constexpr Statement kFile{"payout_file", R"sql(
    UPDATE payout_account_change SET signature_id = $2, sign_time = $3, valid_from = $4, version = $5, update_time = $6,
           account_version = 1 + (SELECT coalesce(max(o.account_version), 0) FROM payout_account_change o
                                  WHERE o.counsel_id = payout_account_change.counsel_id)
    WHERE id = $1 RETURNING account_version)sql"};

int64_t PayoutAccountStore::File(postgres::Transaction& tx, const PayoutChange& filed) {
  const PayoutFiling& filing = *filed.filing;
  return tx
      .Exec(kFile, filed.id.text(), filing.signature.text(), postgres::TimeParam(filing.sign_time),
            postgres::TimeParam(filing.valid_from), filed.version,
            postgres::TimeParam(filed.update_time))[0][0]
      .as<int64_t>();
}

constexpr Statement kDelete{"payout_delete", R"sql(
    DELETE FROM payout_account_change WHERE id = $1)sql"};

void PayoutAccountStore::DeleteDraft(postgres::Transaction& tx, const PayoutChangeId& id) {
  tx.Exec(kDelete, id.text());
}

// Any number.
constexpr Statement kStandings{"payout_standings", R"sql(
    SELECT DISTINCT ON (counsel_id) counsel_id, account_version, valid_from FROM payout_account_change
    WHERE account_version IS NOT NULL ORDER BY counsel_id, account_version DESC)sql"};

std::vector<PayoutStanding> PayoutAccountStore::Standings(postgres::Transaction& tx) {
  std::vector<PayoutStanding> standings;
  for (const auto& row : tx.Exec(kStandings)) {
    standings.push_back({.counsel = CounselId::Trusted(row[0].as<std::string>()),
                         .version = row[1].as<int64_t>(),
                         .valid_from = postgres::ReadTime(row[2])});
  }
  return standings;
}

}  // namespace bitrade::registry
