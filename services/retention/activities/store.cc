#include "services/retention/activities/store.h"

#include <optional>
#include <utility>

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
constexpr Statement kList{"activity_list", R"sql(
    WITH page AS (
      SELECT * FROM activity WHERE counsel_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3::integer + 1 OFFSET $4)
    SELECT p.id, p.delegate_id, coalesce(p.delegation_id, g.delegation_id), p.action, p.by_whom, p.operation, p.object_ids, p.time, t.total
    FROM (SELECT count(*) AS total FROM activity WHERE counsel_id = $1) t
    LEFT JOIN page p ON true
    LEFT JOIN LATERAL (
      SELECT d.delegation_id FROM access_delegation d WHERE d.principal_id = p.counsel_id AND d.delegate_id = p.delegate_id
      ORDER BY (d.valid_from <= p.time AND p.time < d.valid_until) DESC, d.delegation_id DESC LIMIT 1) g ON true
    ORDER BY p.id DESC)sql"};

ActivityPage ActivityStore::List(postgres::Transaction& tx, const CounselId& counsel,
                                 const ActivityRows& rows) {
  const pqxx::result found =
      tx.Exec(kList, counsel.text(), rows.before.text(), rows.limit, rows.offset);
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

}  // namespace bitrade::retention
