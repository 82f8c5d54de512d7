// Gives committed events their positions: the sequencer's first pass.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::events {

// Numbers at most 1 000 committed events that have no position, in the order in which they were
// inserted; returns how many. Only one transaction may do so at a time (Sequencer's lock).
absl::StatusOr<int64_t> NumberEvents(postgres::Transaction& tx);

// Makes the stream's row at first sight, and gives it `fresh_stream_id` when the rows turn out to
// be restored from a copy.
void EnsureStream(postgres::Transaction& tx, const std::string& fresh_stream_id);

}  // namespace bitrade::events
