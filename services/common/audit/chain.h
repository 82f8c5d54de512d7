// The hash chain over audit rows: each hash covers its row and the hash before it, so that a row
// that is changed, removed or moved breaks every hash after it.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::audit {

// The end of the chain: the last position that was sealed, and its hash (32 bytes; of zeros before
// the first).
struct ChainEnd {
  int64_t position = 0;
  std::string hash = std::string(32, '\0');
};

// Returns the hash of a row at `position` that follows `previous`. `row` is the row's text as
// kAuditRowText makes it.
std::string ChainHash(absl::string_view previous, int64_t position, absl::string_view row);

// The SQL expression of a row's text: every column but position and hash, in a form that depends on
// no setting. A row without circumstances has the text that it had when there was no such column:
// what was sealed then stays proven.
inline constexpr char kAuditRowText[] =
    "(jsonb_build_array(seq, (extract(epoch FROM time) * 1000000)::bigint, rpc, actor_kind, actor, "
    "officer, acting_for, ground, outcome, request_id, session_id, method, object_ids)"
    " || CASE circumstances WHEN '{}' THEN '[]' ELSE jsonb_build_array(circumstances) END)::text";

// Numbers and seals at most 2 000 committed rows; returns how many: a pass of the sequencer.
absl::StatusOr<int64_t> SealAudit(postgres::Transaction& tx);

// Returns the end of the chain.
ChainEnd ReadChainEnd(postgres::Transaction& tx);

}  // namespace bitrade::audit
