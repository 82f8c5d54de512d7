#include "services/registry/delegations/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

// Binds the sealed name to its delegation, so that it can be put nowhere else.
std::string Associated(const DelegationId& id) {
  return absl::StrCat("delegation/", id.text(), "/name");
}

// The columns that ReadRow reads, in their order.
#define DELEGATION_COLUMNS                                                                 \
  "g.id, g.principal_id, g.delegate_id, g.name, g.scopes, g.valid_from, g.valid_until, "   \
  "g.state, g.lapse_time, g.signing_kind, g.signature_id, g.signing_time, g.accept_time, " \
  "g.terms_version, g.version, g.create_time, g.update_time, c.name"
constexpr int kColumns = 18;

// What person $1 may see: everything given, and what was got once it was signed.
#define FROM_SEEN_DELEGATION                                      \
  " FROM delegation g JOIN counsel c ON c.id = g.principal_id "   \
  "WHERE (g.principal_id = $1::uuid OR g.delegate_id = $1::uuid " \
  "AND g.signing_kind IS NOT NULL)"

std::optional<Signing> ReadSigning(const pqxx::row& row, pqxx::row::size_type first) {
  if (row[first].is_null()) return std::nullopt;
  Signing signing{.kind = ParseSigningKind(row[first].as<std::string>()),
                  .signature = std::nullopt,
                  .time = postgres::ReadTime(row[first + 2])};
  if (!row[first + 1].is_null()) {
    signing.signature = SignatureId::Trusted(row[first + 1].as<std::string>());
  }
  return signing;
}

std::optional<int> ReadOptionalInt(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional(field.as<int>());
}

// Whole Swedish days: the end is the first instant after the last.
Period ReadPeriod(const pqxx::field& from, const pqxx::field& until) {
  return {SwedishDay(postgres::ReadTime(from)), SwedishDay(postgres::ReadTime(until)) - 1};
}

std::optional<std::string> KindParam(const std::optional<Signing>& signing) {
  return signing ? std::optional(std::string(SigningKindName(signing->kind))) : std::nullopt;
}

std::optional<std::string> SignatureParam(const std::optional<Signing>& signing) {
  return signing && signing->signature ? std::optional(signing->signature->text()) : std::nullopt;
}

std::optional<std::string> TermsParam(std::optional<int> version) {
  return version ? std::optional(absl::StrCat(*version)) : std::nullopt;
}

std::optional<std::string> TimeOf(const std::optional<Signing>& signing) {
  return signing ? std::optional(postgres::TimeParam(signing->time)) : std::nullopt;
}

}  // namespace

absl::StatusOr<NamedDelegation> DelegationStore::ReadRow(const pqxx::row& row) {
  Delegation delegation{.id = DelegationId::Trusted(row[0].as<std::string>()),
                        .principal = CounselId::Trusted(row[1].as<std::string>()),
                        .delegate = PersonId::Trusted(row[2].as<std::string>()),
                        .name = "",
                        .scopes = postgres::ReadArray(row[4]),
                        .period = ReadPeriod(row[5], row[6]),
                        .state = ParseDelegationState(row[7].as<std::string>()),
                        .lapse_time = postgres::ReadTime(row[8]),
                        .signing = ReadSigning(row, 9),
                        .accept_time = postgres::ReadOptionalTime(row[12]),
                        .terms_version = ReadOptionalInt(row[13]),
                        .version = row[14].as<int64_t>(),
                        .create_time = postgres::ReadTime(row[15]),
                        .update_time = postgres::ReadTime(row[16])};
  ASSIGN_OR_RETURN(delegation.name,
                   keyring_.Open(postgres::ReadBytes(row[3]), Associated(delegation.id)));
  return NamedDelegation{std::move(delegation), row[17].as<std::string>()};
}

// At most one row.
constexpr Statement kLockPrincipal{"delegation_lock_principal", R"sql(
    SELECT 1 FROM counsel WHERE id = $1 FOR NO KEY UPDATE)sql"};

bool DelegationStore::LockPrincipal(postgres::Transaction& tx, const CounselId& principal) {
  return !tx.Exec(kLockPrincipal, principal.text()).empty();
}

// One row. Open as StateAt says.
constexpr Statement kOthers{"delegation_others", R"sql(
    SELECT count(DISTINCT delegate_id) FROM delegation
    WHERE principal_id = $1 AND delegate_id <> $2 AND state <> 'REVOKED' AND valid_until > $3::timestamptz
      AND (state = 'ACTIVE' OR lapse_time > $3::timestamptz))sql"};

int DelegationStore::OtherDelegates(postgres::Transaction& tx, const CounselId& principal,
                                    const PersonId& delegate, absl::Time now) {
  return tx.Exec(kOthers, principal.text(), delegate.text(), postgres::TimeParam(now))[0][0]
      .as<int>();
}

constexpr Statement kInsert{"delegation_insert", R"sql(
    INSERT INTO delegation (id, principal_id, delegate_id, name, scopes, valid_from, valid_until, state, lapse_time, version, create_time,
                            update_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'DRAFT', $8, $9, $10, $10))sql"};

void DelegationStore::Insert(postgres::Transaction& tx, const Delegation& delegation) {
  tx.Exec(kInsert, delegation.id.text(), delegation.principal.text(), delegation.delegate.text(),
          postgres::Bytea(keyring_.Seal(delegation.name, Associated(delegation.id))),
          postgres::ArrayParam(delegation.scopes), postgres::TimeParam(delegation.period.begin()),
          postgres::TimeParam(delegation.period.end()), postgres::TimeParam(delegation.lapse_time),
          delegation.version, postgres::TimeParam(delegation.create_time));
}

// At most one row.
constexpr Statement kFind{"delegation_find",
                          "SELECT " DELEGATION_COLUMNS FROM_SEEN_DELEGATION " AND g.id = $2"};

absl::StatusOr<std::optional<NamedDelegation>> DelegationStore::Find(postgres::Transaction& tx,
                                                                     const PersonId& person,
                                                                     const DelegationId& id) {
  const pqxx::result rows = tx.Exec(kFind, person.text(), id.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(NamedDelegation found, ReadRow(rows[0]));
  return found;
}

// At most one row.
constexpr Statement kLock{"delegation_lock", "SELECT " DELEGATION_COLUMNS FROM_SEEN_DELEGATION
                                             " AND g.id = $2 FOR NO KEY UPDATE OF g"};

absl::StatusOr<std::optional<NamedDelegation>> DelegationStore::Lock(postgres::Transaction& tx,
                                                                     const PersonId& person,
                                                                     const DelegationId& id) {
  const pqxx::result rows = tx.Exec(kLock, person.text(), id.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(NamedDelegation found, ReadRow(rows[0]));
  return found;
}

// One row at least: the total, and NULLs where the page is empty.
constexpr Statement kList{"delegation_list",
                          "WITH mine AS (SELECT " DELEGATION_COLUMNS
                          " AS principal_name" FROM_SEEN_DELEGATION
                          ") SELECT m.*, t.total FROM (SELECT count(*) AS total FROM mine) t "
                          "LEFT JOIN (SELECT * FROM mine ORDER BY id DESC LIMIT $2 OFFSET $3) m "
                          "ON true ORDER BY m.id DESC"};

absl::StatusOr<DelegationPage> DelegationStore::List(postgres::Transaction& tx,
                                                     const PersonId& person, DelegationRows rows) {
  const pqxx::result found = tx.Exec(kList, person.text(), rows.limit, rows.offset);
  DelegationPage page{.delegations = {}, .total = found[0][kColumns].as<int64_t>()};
  for (const auto& row : found) {
    if (row[0].is_null()) break;
    ASSIGN_OR_RETURN(NamedDelegation delegation, ReadRow(row));
    page.delegations.push_back(std::move(delegation));
  }
  return page;
}

constexpr Statement kUpdate{"delegation_update", R"sql(
    UPDATE delegation SET state = $2, lapse_time = $3, signing_kind = $4, signature_id = $5, signing_time = $6, accept_time = $7,
           terms_version = $8, version = $9, update_time = $10
    WHERE id = $1)sql"};

void DelegationStore::Update(postgres::Transaction& tx, const Delegation& delegation) {
  tx.Exec(kUpdate, delegation.id.text(), std::string(DelegationStateName(delegation.state)),
          postgres::TimeParam(delegation.lapse_time), KindParam(delegation.signing),
          SignatureParam(delegation.signing), TimeOf(delegation.signing),
          postgres::TimeParam(delegation.accept_time), TermsParam(delegation.terms_version),
          delegation.version, postgres::TimeParam(delegation.update_time));
}

// One row: the first terms hold from the beginning.
constexpr Statement kTerms{"delegation_terms_on", R"sql(
    SELECT version, text_swedish, text_english FROM delegation_terms WHERE valid_from <= $1 ORDER BY valid_from DESC LIMIT 1)sql"};

DelegationTerms DelegationStore::TermsOn(postgres::Transaction& tx, absl::CivilDay day) {
  const pqxx::row row = tx.Exec(kTerms, postgres::DateParam(day))[0];
  return {.version = row[0].as<int>(),
          .text_swedish = row[1].as<std::string>(),
          .text_english = row[2].as<std::string>()};
}

}  // namespace bitrade::registry
