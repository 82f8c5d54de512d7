#include "services/billing/cost_statements/claimed_time_store.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/base/dates.h"
#include "services/common/postgres/values.h"

namespace bitrade::billing {
namespace {

using postgres::Statement;

std::string MultirangeOf(const std::vector<Interval>& intervals) {
  const auto range = [](std::string* out, const Interval& interval) {
    absl::StrAppend(out, "[\"", postgres::TimeParam(interval.start), "\",\"",
                    postgres::TimeParam(interval.end), "\")");
  };
  return absl::StrCat("{", absl::StrJoin(intervals, ",", range), "}");
}

}  // namespace

constexpr Statement kForget{"claimed_time_forget",
                            "DELETE FROM claimed_time WHERE cost_statement_id = $1"};

constexpr Statement kKeep{"claimed_time_keep", R"sql(
    INSERT INTO claimed_time (cost_statement_id, counsel_id, day, minutes, losses)
    SELECT $1::uuid, $2::uuid, d.day, d.minutes, d.losses
    FROM unnest($3::date[], $4::integer[], $5::tstzmultirange[]) AS d (day, minutes, losses))sql"};

void ClaimedTimeStore::Keep(postgres::Transaction& tx, const CostStatement& statement,
                            const std::vector<ClaimedDay>& days) {
  std::vector<std::string> dates, minutes, losses;
  for (const ClaimedDay& claimed : days) {
    dates.push_back(FormatDate(claimed.day));
    minutes.push_back(absl::StrCat(claimed.minutes));
    losses.push_back(MultirangeOf(claimed.losses));
  }
  tx.Exec(kForget, statement.id.text());
  tx.Exec(kKeep, statement.id.text(), statement.counsel.text(), postgres::ArrayParam(dates),
          postgres::ArrayParam(minutes), postgres::ArrayParam(losses));
}

// Any number. A draft of an appointment that is out of sight can neither be filed nor deleted: it
// claims nothing any more.
constexpr Statement kShared{"claimed_time_shared", R"sql(
    SELECT m.cost_statement_id, m.day, m.minutes, o.cost_statement_id, o.minutes,
           (SELECT (coalesce(sum(extract(epoch FROM upper(r) - lower(r))), 0) / 60)::integer FROM unnest(m.losses * o.losses) r)
    FROM claimed_time m
    JOIN claimed_time o ON o.counsel_id = m.counsel_id AND o.day = m.day AND o.cost_statement_id <> m.cost_statement_id
    JOIN cost_statement s ON s.id = o.cost_statement_id AND (s.state = 'FILED' OR $2::boolean AND NOT EXISTS (
      SELECT 1 FROM access_appointment a WHERE a.appointment_id = s.appointment_id AND a.visible_until <= $3::timestamptz))
    WHERE m.cost_statement_id = ANY ($1::uuid[]) ORDER BY m.cost_statement_id, m.day, o.cost_statement_id)sql"};

std::vector<SharedDay> ClaimedTimeStore::Shared(postgres::Transaction& tx,
                                                const std::vector<CostStatementId>& statements,
                                                Others others, absl::Time now) {
  std::vector<std::string> ids;
  for (const CostStatementId& id : statements) ids.push_back(id.text());
  std::vector<SharedDay> shared;
  for (const auto& row : tx.Exec(kShared, postgres::ArrayParam(ids), others == Others::kAll,
                                 postgres::TimeParam(now))) {
    shared.push_back({.statement = CostStatementId::Trusted(row[0].as<std::string>()),
                      .day = postgres::ReadDate(row[1]),
                      .minutes = row[2].as<int>(),
                      .other = CostStatementId::Trusted(row[3].as<std::string>()),
                      .other_minutes = row[4].as<int>(),
                      .common_loss_minutes = row[5].as<int>()});
  }
  return shared;
}

}  // namespace bitrade::billing
