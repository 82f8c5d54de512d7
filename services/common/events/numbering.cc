#include "services/common/events/numbering.h"

namespace bitrade::events {

using postgres::Statement;

// Cheap when there is nothing to do, which is most of the time: an empty partial index.
constexpr Statement kAnyUnnumbered{"event_any_unnumbered", R"sql(
    SELECT EXISTS (SELECT 1 FROM event WHERE position IS NULL))sql"};

constexpr Statement kNumber{"event_number", R"sql(
    WITH fresh AS (SELECT seq, row_number() OVER (ORDER BY seq) AS nth
                   FROM (SELECT seq FROM event WHERE position IS NULL ORDER BY seq LIMIT 1000) AS waiting),
    numbered AS (UPDATE event e SET position = s.head + f.nth FROM fresh f, stream s WHERE e.seq = f.seq RETURNING 1),
    counted AS (SELECT count(*) AS n FROM numbered)
    UPDATE stream SET head = head + n FROM counted RETURNING n)sql"};

absl::StatusOr<int64_t> NumberEvents(postgres::Transaction& tx) {
  if (!tx.Exec(kAnyUnnumbered)[0][0].as<bool>()) return 0;
  return tx.Exec(kNumber)[0][0].as<int64_t>();
}

// A dump restored elsewhere has another table oid or cluster, a copy of the files that was
// recovered another timeline. A round that finds its own incarnation locks and writes nothing.
constexpr Statement kEnsureStream{"stream_ensure", R"sql(
    WITH now_here AS (SELECT (SELECT system_identifier FROM pg_control_system()) || '/' ||
                             (SELECT timeline_id FROM pg_control_checkpoint()) || '/' || 'stream'::regclass::oid AS incarnation)
    INSERT INTO stream (stream_id, incarnation, head) SELECT $1, incarnation, 0 FROM now_here
    WHERE NOT EXISTS (SELECT 1 FROM stream s WHERE s.incarnation = now_here.incarnation)
    ON CONFLICT (only_row) DO UPDATE SET stream_id = excluded.stream_id, incarnation = excluded.incarnation
    WHERE stream.incarnation <> excluded.incarnation)sql"};

void EnsureStream(postgres::Transaction& tx, const std::string& fresh_stream_id) {
  tx.Exec(kEnsureStream, fresh_stream_id);
}

}  // namespace bitrade::events
