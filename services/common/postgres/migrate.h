// Schema migrations: embedded SQL files, applied forward only, each in a transaction of its own,
// recorded with checksum.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::postgres {

// One file. `name` is its set and file name ("billing/0001_create_rates.sql"), the order and the
// key.
struct Migration {
  const char* name;
  const char* sql;
};

// Files in the order in which they are applied.
using MigrationPlan = std::vector<Migration>;

// Applies what is missing under an advisory lock, as the schema's owner, and then gives the app and
// the sequencer role what they may do: `role_prefix` + "_app", "_sequencer". An empty prefix grants
// nothing (tests run as one role). Returns how many files were applied. Errors: FAILED_PRECONDITION
// when an applied file has changed since, or a recorded one is unknown; UNAVAILABLE.
absl::StatusOr<int> Migrate(const std::string& owner_conninfo, const MigrationPlan& plan,
                            absl::string_view role_prefix);

}  // namespace bitrade::postgres
