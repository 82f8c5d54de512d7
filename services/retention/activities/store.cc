#include "services/retention/activities/store.h"

#include <optional>
#include <utility>

#include "services/common/audit/append.h"
#include "services/common/audit/schedule.h"
#include "services/common/postgres/values.h"

namespace bitrade::retention {
namespace {

using postgres::Statement;

Activity ReadRow(const pqxx::row& row, const CounselId& counsel) {
  Activity activity{.id = ActivityId::Trusted(row[0].as<std::string>()),
                    .counsel = counsel,
                    .delegate = PersonId::Trusted(row[1].as<std::string>()),
                    .delegation = std::nullopt,
                    .action = ParseAction(row[3].as<std::string>()),
                    .by = ParseBy(row[4].as<std::string>()),
                    .operation = row[5].as<std::string>(),
                    .object_ids = postgres::ReadArray(row[6]),
                    .time = postgres::ReadTime(row[7])};
  if (!row[2].is_null()) activity.delegation = DelegationId::Trusted(row[2].as<std::string>());
  return activity;
}

}  // namespace

constexpr Statement kEnsure{"activity_source_ensure", R"sql(
    INSERT INTO activity_source (source) VALUES ($1) ON CONFLICT DO NOTHING)sql"};
// One row.
constexpr Statement kLock{"activity_source_lock", R"sql(
    SELECT stream_id, position FROM activity_source WHERE source = $1 FOR UPDATE)sql"};

Gathered ActivityStore::Lock(postgres::Transaction& tx, const std::string& source) {
  tx.Exec(kEnsure, source);
  const pqxx::row row = tx.Exec(kLock, source)[0];
  return {row[0].as<std::string>(), row[1].as<int64_t>()};
}

constexpr Statement kMove{"activity_source_move", R"sql(
    UPDATE activity_source SET stream_id = $2, position = $3 WHERE source = $1)sql"};

void ActivityStore::Move(postgres::Transaction& tx, const std::string& source,
                         const Gathered& gathered) {
  tx.Exec(kMove, source, gathered.stream_id, gathered.position);
}

constexpr Statement kKeep{"activity_keep", R"sql(
    INSERT INTO activity (id, source, seal, counsel_id, delegate_id, delegation_id, action, by_whom, operation, object_ids, time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (source, seal) DO NOTHING)sql"};

void ActivityStore::Keep(postgres::Transaction& tx, const Origin& origin,
                         const Activity& activity) {
  std::optional<std::string> delegation;
  if (activity.delegation) delegation = activity.delegation->text();
  tx.Exec(kKeep, activity.id.text(), origin.source, postgres::Bytea(origin.seal),
          activity.counsel.text(), activity.delegate.text(), delegation,
          std::string(ActionName(activity.action)), std::string(ByName(activity.by)),
          activity.operation, postgres::ArrayParam(activity.object_ids),
          postgres::TimeParam(activity.time));
}

// One row at least: the total, and NULLs where the page is empty. Of several delegations between
// the two, the one that held then comes first.
#define LIST_ACTIVITIES(which)                                                                    \
  "WITH page AS (SELECT * FROM activity WHERE counsel_id = $1 AND id < $2 " which                 \
  " ORDER BY id DESC LIMIT $3::integer + 1 OFFSET $4) "                                           \
  "SELECT p.id, p.delegate_id, coalesce(p.delegation_id, g.delegation_id), p.action, p.by_whom, " \
  "p.operation, p.object_ids, p.time, t.total "                                                   \
  "FROM (SELECT count(*) AS total FROM activity WHERE counsel_id = $1 " which                     \
  ") t LEFT JOIN page p ON true LEFT JOIN LATERAL (SELECT d.delegation_id "                       \
  "FROM access_delegation d WHERE d.principal_id = p.counsel_id AND d.delegate_id = "             \
  "p.delegate_id "                                                                                \
  "ORDER BY (d.valid_from <= p.time AND p.time < d.valid_until) DESC, d.delegation_id DESC "      \
  "LIMIT 1) g ON true ORDER BY p.id DESC"
constexpr Statement kList{"activity_list", LIST_ACTIVITIES("")};
constexpr Statement kListNotices{
    "activity_list_notices",
    LIST_ACTIVITIES("AND action IN ('FIRST_LOG_IN', 'NEW_BROWSER', 'BULK_DOWNLOAD', "
                    "'DELEGATION_ENDS_SOON')")};

ActivityPage ActivityStore::List(postgres::Transaction& tx, const CounselId& counsel,
                                 const ActivityRows& rows) {
  const pqxx::result found = tx.Exec(rows.kinds == Kinds::kNotices ? kListNotices : kList,
                                     counsel.text(), rows.before.text(), rows.limit, rows.offset);
  ActivityPage page{.activities = {}, .total = found[0][8].as<int64_t>()};
  for (const auto& row : found) {
    if (row[0].is_null()) break;
    if (static_cast<int32_t>(page.activities.size()) == rows.limit) {
      page.more = true;
      break;
    }
    page.activities.push_back(ReadRow(row, counsel));
  }
  return page;
}

// At most one row.
constexpr Statement kBulk{"activity_bulk", R"sql(
    SELECT array_agg(DISTINCT o.id)
    FROM bulk_download b
    JOIN activity a ON a.counsel_id = $1 AND a.delegate_id = $2 AND a.action = 'DOWNLOADED'
      AND a.time > $3::timestamptz - b.minutes * interval '1 minute' AND a.time <= $3::timestamptz
    CROSS JOIN LATERAL unnest(a.object_ids) o (id)
    WHERE daterange(b.valid_from, b.valid_to, '[]') @> ($3::timestamptz AT TIME ZONE 'Europe/Stockholm')::date
    GROUP BY b.documents HAVING count(DISTINCT o.id) >= b.documents)sql"};

std::vector<std::string> ActivityStore::BulkOf(postgres::Transaction& tx,
                                               const Activity& download) {
  const pqxx::result found = tx.Exec(kBulk, download.counsel.text(), download.delegate.text(),
                                     postgres::TimeParam(download.time));
  return found.empty() ? std::vector<std::string>() : postgres::ReadArray(found[0][0]);
}

// At most a hundred rows.
constexpr Statement kEndingSoon{"activity_ending_soon", R"sql(
    SELECT g.delegation_id, g.principal_id, g.delegate_id FROM access_delegation g
    WHERE g.active AND g.valid_until > $1::timestamptz AND g.valid_until <= $2::timestamptz
      AND g.valid_from < g.valid_until - ($2::timestamptz - $1::timestamptz)
      AND NOT EXISTS (SELECT 1 FROM access_delegation l
        WHERE l.active AND l.principal_id = g.principal_id AND l.delegate_id = g.delegate_id AND l.valid_until > g.valid_until)
      AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.source = $3 AND a.seal = convert_to(g.delegation_id::text, 'UTF8'))
    ORDER BY g.delegation_id LIMIT 100)sql"};

std::vector<EndingDelegation> ActivityStore::EndingSoon(postgres::Transaction& tx, absl::Time now) {
  std::vector<EndingDelegation> ending;
  for (const auto& row : tx.Exec(kEndingSoon, postgres::TimeParam(now),
                                 postgres::TimeParam(now + kReminderTime), kReminders)) {
    ending.push_back({.id = DelegationId::Trusted(row[0].as<std::string>()),
                      .counsel = CounselId::Trusted(row[1].as<std::string>()),
                      .delegate = PersonId::Trusted(row[2].as<std::string>())});
  }
  return ending;
}

// The least period alone is compared by the index.
constexpr Statement kDispose{"activity_dispose", R"sql(
    WITH due AS (
      SELECT a.id FROM activity a
      JOIN activity_period p ON daterange(p.valid_from, p.valid_to, '[]') @> (a.time AT TIME ZONE 'Europe/Stockholm')::date
      WHERE a.time <= $1::timestamptz - (SELECT min(days) FROM activity_period) * interval '24 hours'
        AND a.time <= $1::timestamptz - p.days * interval '24 hours'
        AND NOT EXISTS (SELECT 1 FROM legal_hold h LEFT JOIN appointment_matter m USING (appointment_id)
          WHERE (h.released_time IS NULL OR h.released_time > $1::timestamptz) AND (m.counsel_id IS NULL OR m.counsel_id = a.counsel_id))
      ORDER BY a.time LIMIT $2 FOR UPDATE OF a SKIP LOCKED)
    DELETE FROM activity USING due WHERE activity.id = due.id)sql"};

int ActivityStore::DisposeDue(postgres::Transaction& tx, absl::Time now, int limit) {
  const auto gone =
      static_cast<int>(tx.Exec(kDispose, postgres::TimeParam(now), limit).affected_rows());
  if (gone > 0) {
    audit::Append(tx, {audit::OfSchedule(now, "retention", "retention/DisposeActivities")});
  }
  return gone;
}

}  // namespace bitrade::retention
