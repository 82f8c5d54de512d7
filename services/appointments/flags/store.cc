#include "services/appointments/flags/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

std::vector<Flag> ReadFlags(const pqxx::result& rows) {
  std::vector<Flag> flags;
  for (const auto& row : rows) {
    flags.push_back({.id = FlagId::Trusted(row[0].as<std::string>()),
                     .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
                     .kind = ParseFlagKind(row[2].as<std::string>()),
                     .register_version = row[3].as<int64_t>(),
                     .raised_time = postgres::ReadTime(row[4])});
  }
  return flags;
}

}  // namespace

constexpr Statement kRaise{"flag_raise", R"sql(
    INSERT INTO appointment_flag (id, appointment_id, kind, register_version, raised_time) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (appointment_id, kind) WHERE lowered_time IS NULL DO NOTHING)sql"};

bool FlagStore::Raise(postgres::Transaction& tx, const Flag& flag) {
  return tx.Exec(kRaise, flag.id.text(), flag.appointment.text(),
                 std::string(FlagKindName(flag.kind)), flag.register_version,
                 postgres::TimeParam(flag.raised_time))
             .affected_rows() == 1;
}

// Any number. A conflict does not pass because a listing does.
constexpr Statement kLower{"flag_lower", R"sql(
    UPDATE appointment_flag f SET lowered_time = $3 FROM appointment p
    WHERE p.id = f.appointment_id AND p.counsel_id = $1 AND f.lowered_time IS NULL
      AND f.kind NOT IN ('CONFLICT_OF_INTEREST', $2)
    RETURNING f.id, f.appointment_id, f.kind, f.register_version, f.raised_time)sql"};

std::vector<Flag> FlagStore::Lower(postgres::Transaction& tx, const CounselId& counsel,
                                   std::optional<FlagKind> kept, absl::Time now) {
  const std::string kept_name(kept ? FlagKindName(*kept) : absl::string_view());
  return ReadFlags(tx.Exec(kLower, counsel.text(), kept_name, postgres::TimeParam(now)));
}

// Any number.
constexpr Statement kLowerConflicts{"flag_lower_conflicts", R"sql(
    UPDATE appointment_flag f SET lowered_time = $2 FROM appointment p
    WHERE p.id = f.appointment_id AND p.matter_id = $1 AND f.lowered_time IS NULL AND f.kind = 'CONFLICT_OF_INTEREST'
      AND NOT EXISTS (
        SELECT 1 FROM conflict_of_interest x
        JOIN appointment_applicant c ON c.appointment_id = p.id AND c.applicant_id IN (x.applicant_id, x.opposed_applicant_id)
        JOIN appointment q ON q.counsel_id = p.counsel_id AND q.matter_id = p.matter_id
        JOIN appointment_applicant d ON d.appointment_id = q.id AND d.applicant_id IN (x.applicant_id, x.opposed_applicant_id)
          AND d.applicant_id <> c.applicant_id
        WHERE x.matter_id = p.matter_id AND x.withdrawn_time IS NULL)
    RETURNING f.id, f.appointment_id, f.kind, f.register_version, f.raised_time)sql"};

std::vector<Flag> FlagStore::LowerConflicts(postgres::Transaction& tx, const MatterId& matter,
                                            absl::Time now) {
  return ReadFlags(tx.Exec(kLowerConflicts, matter.text(), postgres::TimeParam(now)));
}

// Any number.
constexpr Statement kInForce{"flag_in_force", R"sql(
    SELECT id FROM appointment WHERE counsel_id = $1 AND state = 'APPOINTED' AND visible_until > $2 ORDER BY id)sql"};

std::vector<AppointmentId> FlagStore::InForce(postgres::Transaction& tx, const CounselId& counsel,
                                              absl::Time now) {
  std::vector<AppointmentId> ids;
  for (const auto& row : tx.Exec(kInForce, counsel.text(), postgres::TimeParam(now))) {
    ids.push_back(AppointmentId::Trusted(row[0].as<std::string>()));
  }
  return ids;
}

// A row for each flag, those of an appointment beside each other.
constexpr Statement kList{
    "flag_list",
    "SELECT p.id, p.matter_id, p.counsel_id, f.id, f.kind, f.register_version, f.raised_time "
    "FROM (SELECT DISTINCT ON (s.appointment_id) s.appointment_id AS id, p.matter_id, p.counsel_id "
    "FROM appointment_flag s JOIN appointment p ON p.id = s.appointment_id "
    "JOIN matter m ON m.id = p.matter_id WHERE s.lowered_time IS NULL "
    "AND s.appointment_id < $1::uuid AND p.state = 'APPOINTED' AND p.visible_until > $2 "
    "AND " BITRADE_WITHIN_REACH(
        "m", "$3",
        "$4") " ORDER BY s.appointment_id DESC LIMIT $5) p JOIN appointment_flag f ON f.appointment_id = p.id "
              "AND f.lowered_time IS NULL ORDER BY p.id DESC, f.raised_time, f.kind"};

std::vector<FlaggedAppointment> FlagStore::List(postgres::Transaction& tx, const Reach& reach,
                                                const FlaggedRows& rows) {
  std::vector<FlaggedAppointment> all;
  for (const auto& row : tx.Exec(kList, rows.before.text(), postgres::TimeParam(rows.now),
                                 postgres::ArrayParam(reach.authorities),
                                 postgres::ArrayParam(reach.categories), rows.limit)) {
    const auto id = AppointmentId::Trusted(row[0].as<std::string>());
    if (all.empty() || all.back().id != id) {
      all.push_back({.id = id,
                     .matter = MatterId::Trusted(row[1].as<std::string>()),
                     .counsel = CounselId::Trusted(row[2].as<std::string>()),
                     .flags = {}});
    }
    all.back().flags.push_back({.id = FlagId::Trusted(row[3].as<std::string>()),
                                .appointment = id,
                                .kind = ParseFlagKind(row[4].as<std::string>()),
                                .register_version = row[5].as<int64_t>(),
                                .raised_time = postgres::ReadTime(row[6])});
  }
  return all;
}

}  // namespace bitrade::appointments
