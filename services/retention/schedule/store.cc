#include "services/retention/schedule/store.h"

#include <string>

#include "services/common/postgres/values.h"

namespace bitrade::retention {
namespace {

using postgres::Statement;

Disposal ReadRow(const pqxx::row& row) {
  return {.id = DisposalId::Trusted(row[0].as<std::string>()),
          .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
          .visible_until = postgres::ReadTime(row[2]),
          .due_time = postgres::ReadOptionalTime(row[3]),
          .done_time = postgres::ReadOptionalTime(row[4]),
          .state = ParseState(row[5].as<std::string>()),
          .appointment_version = row[6].as<int64_t>(),
          .evidence = {}};
}

}  // namespace

constexpr Statement kKnow{"schedule_know", R"sql(
    INSERT INTO appointment_matter (appointment_id, authority, category, counsel_id)
    SELECT $1::uuid, $2::text, $3::text, $4::uuid WHERE $2::text <> ''
    ON CONFLICT (appointment_id) DO UPDATE SET counsel_id = excluded.counsel_id WHERE appointment_matter.counsel_id IS NULL)sql"};

void ScheduleStore::Know(postgres::Transaction& tx, const AppointmentId& appointment,
                         const MatterCodes& codes) {
  tx.Exec(kKnow, appointment.text(), codes.authority, codes.category, codes.counsel_id);
}

// At most one row: the one that is not done, else the last that was.
constexpr Statement kLatest{"schedule_latest", R"sql(
    SELECT id, appointment_id, visible_until, due_time, done_time, state, appointment_version
    FROM disposal WHERE appointment_id = $1 ORDER BY state = 'DONE', done_time DESC LIMIT 1 FOR UPDATE)sql"};

std::optional<Disposal> ScheduleStore::Latest(postgres::Transaction& tx,
                                              const AppointmentId& appointment) {
  const pqxx::result rows = tx.Exec(kLatest, appointment.text());
  if (rows.empty()) return std::nullopt;
  return ReadRow(rows[0]);
}

constexpr Statement kOpen{"schedule_open", R"sql(
    INSERT INTO disposal (id, appointment_id, appointment_version, visible_until, state) VALUES ($1, $2, $3, $4, 'SCHEDULED'))sql"};

void ScheduleStore::Open(postgres::Transaction& tx, const DisposalId& id, const Sight& sight) {
  tx.Exec(kOpen, id.text(), sight.appointment.text(), sight.version,
          postgres::TimeParam(sight.visible_until));
}

constexpr Statement kMove{"schedule_move", R"sql(
    UPDATE disposal
    SET appointment_version = $2, visible_until = $3,
        due_time = CASE WHEN visible_until = $3::timestamptz THEN due_time END,
        state = CASE WHEN visible_until = $3::timestamptz THEN state ELSE 'SCHEDULED' END
    WHERE id = $1 AND state <> 'DONE')sql"};

void ScheduleStore::Move(postgres::Transaction& tx, const DisposalId& id, const Sight& sight) {
  tx.Exec(kMove, id.text(), sight.version, postgres::TimeParam(sight.visible_until));
}

constexpr Statement kForgetEnds{"schedule_forget_ends", R"sql(
    UPDATE disposal
    SET appointment_version = 0, visible_until = CASE WHEN state = 'DONE' THEN visible_until ELSE 'infinity' END,
        due_time = CASE WHEN state = 'DONE' THEN due_time END,
        state = CASE WHEN state = 'DONE' THEN state ELSE 'SCHEDULED' END)sql"};

void ScheduleStore::ForgetEnds(postgres::Transaction& tx) { tx.Exec(kForgetEnds); }

// Any number up to $1.
constexpr Statement kUnplanned{"schedule_unplanned", R"sql(
    SELECT id, appointment_id, visible_until, due_time, done_time, state, appointment_version
    FROM disposal WHERE state <> 'DONE' AND due_time IS NULL AND visible_until < 'infinity' ORDER BY id LIMIT $1)sql"};

std::vector<Disposal> ScheduleStore::Unplanned(postgres::Transaction& tx, int limit) {
  std::vector<Disposal> unplanned;
  for (const auto& row : tx.Exec(kUnplanned, limit)) unplanned.push_back(ReadRow(row));
  return unplanned;
}

constexpr Statement kPlan{"schedule_plan", R"sql(
    UPDATE disposal SET due_time = $3 WHERE id = $1 AND visible_until = $2 AND state <> 'DONE')sql"};

void ScheduleStore::Plan(postgres::Transaction& tx, const Disposal& disposal, absl::Time due) {
  tx.Exec(kPlan, disposal.id.text(), postgres::TimeParam(disposal.visible_until),
          postgres::TimeParam(due));
}

// A few rows.
constexpr Statement kGracePeriods{"schedule_grace_periods", R"sql(
    SELECT valid_from, valid_to, days FROM grace_period ORDER BY valid_from)sql"};

std::vector<GracePeriod> ScheduleStore::GracePeriods(postgres::Transaction& tx) {
  std::vector<GracePeriod> periods;
  for (const auto& row : tx.Exec(kGracePeriods)) {
    periods.push_back({.valid_from = postgres::ReadDate(row[0]),
                       .valid_to = postgres::ReadOptionalDate(row[1]),
                       .days = row[2].as<int>()});
  }
  return periods;
}

}  // namespace bitrade::retention
