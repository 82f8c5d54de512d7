#include "services/retention/disposals/store.h"

#include "services/common/audit/append.h"
#include "services/common/audit/schedule.h"
#include "services/common/postgres/values.h"

namespace bitrade::retention {
namespace {

using postgres::Statement;

void Audit(postgres::Transaction& tx, const Step& step, const char* what,
           const std::vector<std::string>& object_ids) {
  audit::Entry row = audit::OfSchedule(step.now, "retention", what, object_ids);
  row.request_id = step.request_id;
  audit::Append(tx, {row});
}

// Columns that are NULL while nothing is left yet: no evidence.
void ReadEvidence(const pqxx::row& row, pqxx::row::size_type first, std::vector<Evidence>& out) {
  if (row[first].is_null()) return;
  out.push_back({.document = DocumentId::Trusted(row[first].as<std::string>()),
                 .sha256 = row[first + 1].as<std::string>(),
                 .size = row[first + 2].as<int64_t>(),
                 .chunks = row[first + 3].as<int64_t>(),
                 .disposed_time = postgres::ReadTime(row[first + 4])});
}

}  // namespace

// `d` is disposal, $1 the instant. The grace period is looked at again: one that was made longer
// after the day was set holds as well.
#define BITRADE_DUE                                                                         \
  "d.state <> 'DONE' AND d.due_time <= $1::timestamptz AND NOT EXISTS (SELECT 1 FROM "      \
  "legal_hold h WHERE h.appointment_id = d.appointment_id AND (h.released_time IS NULL OR " \
  "h.released_time > $1::timestamptz)) AND EXISTS (SELECT 1 FROM grace_period g WHERE "     \
  "daterange(g.valid_from, g.valid_to, '[]') @> (d.visible_until AT TIME ZONE "             \
  "'Europe/Stockholm')::date AND d.visible_until + g.days * interval '24 hours' <= "        \
  "$1::timestamptz)"

// At most one row, with the state before.
constexpr Statement kTake{"disposals_take",
                          "WITH next AS ("
                          "  SELECT d.id, d.state FROM disposal d"
                          "  WHERE " BITRADE_DUE
                          "    AND (d.leased_until IS NULL OR d.leased_until <= $1::timestamptz)"
                          "  ORDER BY d.due_time, d.id LIMIT 1 FOR UPDATE SKIP LOCKED)"
                          "UPDATE disposal SET state = 'RUNNING', leased_until = $2 FROM next "
                          "WHERE disposal.id = next.id "
                          "RETURNING disposal.id, disposal.appointment_id, next.state"};

// At most one row: a document that nobody has tried, else the one that was tried longest ago, so
// that one that cannot be destroyed keeps no other from it.
constexpr Statement kNextDocument{"disposals_next_document", R"sql(
    UPDATE disposed_document SET tried_time = $2
    WHERE (disposal_id, document_id) = (
      SELECT disposal_id, document_id FROM disposed_document WHERE disposal_id = $1 AND sha256 IS NULL
      ORDER BY tried_time NULLS FIRST, document_id LIMIT 1)
    RETURNING document_id)sql"};

std::optional<Task> DisposalStore::Take(postgres::Transaction& tx, const Step& step,
                                        absl::Time lease_end) {
  const pqxx::result taken =
      tx.Exec(kTake, postgres::TimeParam(step.now), postgres::TimeParam(lease_end));
  if (taken.empty()) return std::nullopt;
  Task task{DisposalId::Trusted(taken[0][0].as<std::string>()),
            AppointmentId::Trusted(taken[0][1].as<std::string>()), std::nullopt};
  if (ParseState(taken[0][2].as<std::string>()) == State::kScheduled) {
    Audit(tx, step, "retention/BeginDisposal", {task.disposal.text(), task.appointment.text()});
  }
  const pqxx::result next =
      tx.Exec(kNextDocument, task.disposal.text(), postgres::TimeParam(step.now));
  if (!next.empty()) task.document = DocumentId::Trusted(next[0][0].as<std::string>());
  return task;
}

constexpr Statement kIntend{"disposals_intend", R"sql(
    INSERT INTO disposed_document (disposal_id, document_id) SELECT $1::uuid, unnest($2::uuid[]) ON CONFLICT DO NOTHING)sql"};

constexpr Statement kLetGo{"disposals_let_go",
                           "UPDATE disposal SET leased_until = NULL WHERE id = $1"};

bool DisposalStore::Intend(postgres::Transaction& tx, const Task& task,
                           const std::vector<DocumentId>& documents) {
  std::vector<std::string> ids;
  ids.reserve(documents.size());
  for (const DocumentId& document : documents) ids.push_back(document.text());
  if (tx.Exec(kIntend, task.disposal.text(), postgres::ArrayParam(ids)).affected_rows() == 0) {
    return false;
  }
  tx.Exec(kLetGo, task.disposal.text());
  return true;
}

constexpr Statement kRecord{"disposals_record", R"sql(
    UPDATE disposed_document SET sha256 = $3, size = $4, chunks = $5, disposed_time = $6
    WHERE disposal_id = $1 AND document_id = $2 AND sha256 IS NULL)sql"};

void DisposalStore::Record(postgres::Transaction& tx, const Step& step, const Task& task,
                           const Evidence& evidence) {
  const bool first =
      tx.Exec(kRecord, task.disposal.text(), evidence.document.text(), evidence.sha256,
              evidence.size, evidence.chunks, postgres::TimeParam(evidence.disposed_time))
          .affected_rows() == 1;
  tx.Exec(kLetGo, task.disposal.text());
  if (first) {
    Audit(tx, step, "retention/DisposeDocument",
          {task.disposal.text(), task.appointment.text(), evidence.document.text()});
  }
}

constexpr Statement kFinish{"disposals_finish", R"sql(
    UPDATE disposal SET state = 'DONE', done_time = $2, leased_until = NULL
    WHERE id = $1 AND state = 'RUNNING'
      AND NOT EXISTS (SELECT 1 FROM disposed_document WHERE disposal_id = $1 AND sha256 IS NULL))sql"};

bool DisposalStore::Finish(postgres::Transaction& tx, const Step& step, const Task& task) {
  if (tx.Exec(kFinish, task.disposal.text(), postgres::TimeParam(step.now)).affected_rows() == 0) {
    return false;
  }
  Audit(tx, step, "retention/EndDisposal", {task.disposal.text(), task.appointment.text()});
  return true;
}

// One row for each document with evidence, or one for a disposal without.
constexpr Statement kOf{
    "disposals_of",
    "SELECT d.id, d.visible_until, d.due_time, d.done_time, d.state, d.appointment_version, "
    "e.document_id, e.sha256, e.size, e.chunks, e.disposed_time "
    "FROM disposal d JOIN appointment_matter m ON m.appointment_id = d.appointment_id "
    "LEFT JOIN disposed_document e ON e.disposal_id = d.id AND e.sha256 IS NOT NULL "
    "WHERE d.appointment_id = $1 AND " BITRADE_WITHIN_REACH(
        "m", "$2", "$3") " ORDER BY d.done_time NULLS LAST, d.id, e.document_id"};

std::vector<Disposal> DisposalStore::Of(postgres::Transaction& tx, const AppointmentId& appointment,
                                        const Reach& reach) {
  std::vector<Disposal> disposals;
  for (const auto& row : tx.Exec(kOf, appointment.text(), postgres::ArrayParam(reach.authorities),
                                 postgres::ArrayParam(reach.categories))) {
    const DisposalId id = DisposalId::Trusted(row[0].as<std::string>());
    if (disposals.empty() || disposals.back().id != id) {
      disposals.push_back({.id = id,
                           .appointment = appointment,
                           .visible_until = postgres::ReadTime(row[1]),
                           .due_time = postgres::ReadOptionalTime(row[2]),
                           .done_time = postgres::ReadOptionalTime(row[3]),
                           .state = ParseState(row[4].as<std::string>()),
                           .appointment_version = row[5].as<int64_t>(),
                           .evidence = {}});
    }
    ReadEvidence(row, 6, disposals.back().evidence);
  }
  return disposals;
}

constexpr Statement kCountDue{"disposals_count_due",
                              "SELECT count(*) FROM disposal d WHERE " BITRADE_DUE};

int64_t DisposalStore::CountDue(postgres::Transaction& tx, absl::Time now) {
  return tx.Exec(kCountDue, postgres::TimeParam(now))[0][0].as<int64_t>();
}

}  // namespace bitrade::retention
