#include "services/appointments/conflicts/store.h"

#include <string>

#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

}  // namespace

// One row: the one that stands, if there is one.
constexpr Statement kKeep{"conflict_keep", R"sql(
    INSERT INTO conflict_of_interest (id, matter_id, applicant_id, opposed_applicant_id, create_time)
    VALUES ($1, $2, least($3::uuid, $4::uuid), greatest($3::uuid, $4::uuid), $5)
    ON CONFLICT (applicant_id, opposed_applicant_id) WHERE withdrawn_time IS NULL DO UPDATE SET matter_id = excluded.matter_id
    RETURNING id, create_time)sql"};

ConflictOfInterest ConflictStore::Keep(postgres::Transaction& tx,
                                       const ConflictOfInterest& conflict) {
  const pqxx::result rows =
      tx.Exec(kKeep, conflict.id.text(), conflict.matter.text(), conflict.applicant.text(),
              conflict.opposed.text(), postgres::TimeParam(conflict.create_time));
  ConflictOfInterest kept = conflict;
  kept.id = ConflictId::Trusted(rows[0][0].as<std::string>());
  kept.create_time = postgres::ReadTime(rows[0][1]);
  return kept;
}

// At most one row. Whoever was released has heard what the other side must not know.
constexpr Statement kWouldArise{"conflict_would_arise", R"sql(
    WITH wanted AS (SELECT unnest($2::uuid[]) AS id), assisted AS (
      SELECT id FROM wanted
      UNION SELECT c.applicant_id FROM appointment p JOIN appointment_applicant c ON c.appointment_id = p.id
            WHERE p.counsel_id = $1 AND p.matter_id IN (SELECT a.matter_id FROM applicant a JOIN wanted w ON w.id = a.id))
    SELECT 1 FROM conflict_of_interest x
    WHERE x.withdrawn_time IS NULL AND x.applicant_id IN (SELECT id FROM assisted) AND x.opposed_applicant_id IN (SELECT id FROM assisted)
      AND (x.applicant_id IN (SELECT id FROM wanted) OR x.opposed_applicant_id IN (SELECT id FROM wanted))
    LIMIT 1)sql"};

bool ConflictStore::WouldArise(postgres::Transaction& tx, const CounselId& counsel,
                               const std::vector<Applicant>& applicants) {
  std::vector<std::string> ids;
  for (const Applicant& applicant : applicants) ids.push_back(applicant.id.text());
  return !tx.Exec(kWouldArise, counsel.text(), postgres::ArrayParam(ids)).empty();
}

// At most one row. The matter first, in a statement of its own: whoever records a conflict holds it
// when she comes to the row.
constexpr Statement kLockMatter{"conflict_lock_matter",
                                "SELECT 1 FROM matter m WHERE m.id = (SELECT matter_id FROM "
                                "conflict_of_interest WHERE id = $1) "
                                "AND " BITRADE_WITHIN_REACH("m", "$2", "$3") " FOR NO KEY UPDATE"};

// One row.
constexpr Statement kFind{"conflict_find", R"sql(
    SELECT matter_id, applicant_id, opposed_applicant_id, create_time, withdrawn_time FROM conflict_of_interest WHERE id = $1)sql"};

std::optional<ConflictOfInterest> ConflictStore::Lock(postgres::Transaction& tx,
                                                      const ConflictId& id, const Reach& reach) {
  const pqxx::result locked =
      tx.Exec(kLockMatter, id.text(), postgres::ArrayParam(reach.authorities),
              postgres::ArrayParam(reach.categories));
  if (locked.empty()) return std::nullopt;
  const pqxx::row row = tx.Exec(kFind, id.text())[0];
  return ConflictOfInterest{.id = id,
                            .matter = MatterId::Trusted(row[0].as<std::string>()),
                            .applicant = ApplicantId::Trusted(row[1].as<std::string>()),
                            .opposed = ApplicantId::Trusted(row[2].as<std::string>()),
                            .create_time = postgres::ReadTime(row[3]),
                            .withdrawn_time = postgres::ReadOptionalTime(row[4])};
}

constexpr Statement kWithdraw{"conflict_withdraw",
                              "UPDATE conflict_of_interest SET withdrawn_time = $2 WHERE id = $1"};

void ConflictStore::Withdraw(postgres::Transaction& tx, const ConflictOfInterest& conflict) {
  tx.Exec(kWithdraw, conflict.id.text(), postgres::TimeParam(*conflict.withdrawn_time));
}

// Any number.
constexpr Statement kAffected{"conflict_affected", R"sql(
    SELECT DISTINCT p.id FROM appointment p JOIN appointment_applicant c ON c.appointment_id = p.id
    JOIN appointment q ON q.counsel_id = p.counsel_id AND q.matter_id = p.matter_id
    JOIN appointment_applicant d ON d.appointment_id = q.id AND d.applicant_id <> c.applicant_id
    WHERE p.matter_id = $1 AND c.applicant_id IN ($2, $3) AND d.applicant_id IN ($2, $3)
      AND p.state = 'APPOINTED' AND p.visible_until > $4 ORDER BY p.id)sql"};

std::vector<AppointmentId> ConflictStore::Affected(postgres::Transaction& tx,
                                                   const ConflictOfInterest& conflict,
                                                   absl::Time now) {
  std::vector<AppointmentId> ids;
  for (const auto& row : tx.Exec(kAffected, conflict.matter.text(), conflict.applicant.text(),
                                 conflict.opposed.text(), postgres::TimeParam(now))) {
    ids.push_back(AppointmentId::Trusted(row[0].as<std::string>()));
  }
  return ids;
}

}  // namespace bitrade::appointments
