#include "services/common/audit/append.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/postgres/values.h"

namespace bitrade::audit {

using postgres::ArrayParam;
using postgres::Statement;

// Arrays of one length; the ids of each row are an array literal of their own, as arrays of arrays
// must be rectangular.
constexpr Statement kAppend{"audit_append", R"sql(
    INSERT INTO audit (time, rpc, actor_kind, actor, officer, acting_for, ground, outcome, request_id, session_id, method, object_ids,
                       circumstances)
    SELECT time, rpc, actor_kind, actor, officer, acting_for, ground, outcome, request_id, session_id, method, ids::uuid[],
           circumstances
    FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::jsonb[])
      AS entry (time, rpc, actor_kind, actor, officer, acting_for, ground, outcome, request_id, session_id, method, ids, circumstances))sql"};

void Append(postgres::Transaction& tx, const std::vector<Entry>& entries) {
  std::vector<std::string> columns[13];
  for (const Entry& entry : entries) {
    const std::string* const texts[] = {
        &entry.rpc,    &entry.actor_kind, &entry.actor,      &entry.officer,    &entry.acting_for,
        &entry.ground, &entry.outcome,    &entry.request_id, &entry.session_id, &entry.method};
    columns[0].push_back(postgres::TimeParam(entry.time));
    for (size_t i = 0; i < std::size(texts); ++i) columns[i + 1].push_back(*texts[i]);
    columns[11].push_back(absl::StrCat("{", absl::StrJoin(entry.object_ids, ","), "}"));
    columns[12].push_back(entry.circumstances.Json());
  }
  std::string arrays[13];
  for (size_t i = 0; i < std::size(arrays); ++i) arrays[i] = ArrayParam(columns[i]);
  tx.Exec(kAppend, arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], arrays[6],
          arrays[7], arrays[8], arrays[9], arrays[10], arrays[11], arrays[12]);
}

}  // namespace bitrade::audit
