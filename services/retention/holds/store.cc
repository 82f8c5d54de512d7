#include "services/retention/holds/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/postgres/values.h"

namespace bitrade::retention {
namespace {

using postgres::Statement;

#define HOLD_COLUMNS                                                                      \
  "h.id, h.appointment_id, h.decision, h.placed_time, h.release_prepared_by, "            \
  "h.release_prepared_time, h.released_time, h.released_by, h.version FROM legal_hold h " \
  "JOIN appointment_matter m ON m.appointment_id = h.appointment_id "

LegalHold ReadHold(const pqxx::row& row) {
  LegalHold hold{.id = LegalHoldId::Trusted(row[0].as<std::string>()),
                 .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
                 .decision_number = row[2].as<std::string>(),
                 .placed_time = postgres::ReadTime(row[3]),
                 .preparation = std::nullopt,
                 .released_time = postgres::ReadOptionalTime(row[6]),
                 .released_by = postgres::TextOrEmpty(row[7]),
                 .version = row[8].as<int64_t>()};
  if (!row[4].is_null()) {
    hold.preparation = Preparation{row[4].as<std::string>(), postgres::ReadTime(row[5])};
  }
  return hold;
}

}  // namespace

constexpr Statement kPlace{"holds_place",
                           "INSERT INTO legal_hold (id, appointment_id, decision, placed_time, "
                           "reason, version) SELECT $1, m.appointment_id, $3, $4, $5, $6 "
                           "FROM appointment_matter m WHERE m.appointment_id = $2 "
                           "AND " BITRADE_WITHIN_REACH("m", "$7", "$8")};

bool HoldStore::Place(postgres::Transaction& tx, const LegalHold& hold, const std::string& reason,
                      const Reach& reach) {
  const std::string sealed = keyring_.Seal(reason, absl::StrCat(hold.id.text(), "/placed"));
  return tx.Exec(kPlace, hold.id.text(), hold.appointment.text(), hold.decision_number,
                 postgres::TimeParam(hold.placed_time), postgres::Bytea(sealed), hold.version,
                 postgres::ArrayParam(reach.authorities), postgres::ArrayParam(reach.categories))
             .affected_rows() == 1;
}

// At most one row.
constexpr Statement kLock{
    "holds_lock", "SELECT " HOLD_COLUMNS
                  "WHERE h.id = $1 AND " BITRADE_WITHIN_REACH("m", "$2", "$3") " FOR UPDATE OF h"};

std::optional<LegalHold> HoldStore::Lock(postgres::Transaction& tx, const LegalHoldId& id,
                                         const Reach& reach) {
  const pqxx::result rows = tx.Exec(kLock, id.text(), postgres::ArrayParam(reach.authorities),
                                    postgres::ArrayParam(reach.categories));
  if (rows.empty()) return std::nullopt;
  return ReadHold(rows[0]);
}

constexpr Statement kPrepare{"holds_prepare", R"sql(
    UPDATE legal_hold SET release_prepared_by = $2, release_prepared_time = $3, release_reason = $4, version = $5
    WHERE id = $1)sql"};

void HoldStore::Prepare(postgres::Transaction& tx, const LegalHold& hold,
                        const std::string& reason) {
  const std::string sealed = keyring_.Seal(reason, absl::StrCat(hold.id.text(), "/released"));
  tx.Exec(kPrepare, hold.id.text(), hold.preparation->officer,
          postgres::TimeParam(hold.preparation->time), postgres::Bytea(sealed), hold.version);
}

constexpr Statement kRelease{"holds_release", R"sql(
    UPDATE legal_hold SET released_time = $2, released_by = $3, version = $4 WHERE id = $1)sql"};

void HoldStore::Release(postgres::Transaction& tx, const LegalHold& hold) {
  tx.Exec(kRelease, hold.id.text(), postgres::TimeParam(*hold.released_time), hold.released_by,
          hold.version);
}

// Any number.
constexpr Statement kOf{
    "holds_of", "SELECT " HOLD_COLUMNS "WHERE h.appointment_id = $1 AND " BITRADE_WITHIN_REACH(
                    "m", "$2", "$3") " ORDER BY h.placed_time, h.id"};

std::vector<LegalHold> HoldStore::Of(postgres::Transaction& tx, const AppointmentId& appointment,
                                     const Reach& reach) {
  std::vector<LegalHold> holds;
  for (const auto& row : tx.Exec(kOf, appointment.text(), postgres::ArrayParam(reach.authorities),
                                 postgres::ArrayParam(reach.categories))) {
    holds.push_back(ReadHold(row));
  }
  return holds;
}

}  // namespace bitrade::retention
