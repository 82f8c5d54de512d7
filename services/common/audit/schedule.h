// The audit row of what a service does by itself when its time has come.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/audit/entry.h"

namespace bitrade::audit {

// Returns the row of work that no call asked for: `process` did `work` ("registry/DisposeThings")
// on its schedule, with the objects `ids`.
inline Entry OfSchedule(absl::Time now, absl::string_view process, absl::string_view work,
                        std::vector<std::string> ids = {}) {
  return {.time = now,
          .rpc = std::string(work),
          .actor_kind = "SERVICE",
          .actor = std::string(process),
          .officer = {},
          .acting_for = {},
          .ground = "SCHEDULE",
          .outcome = "OK",
          .request_id = {},
          .session_id = {},
          .method = {},
          .object_ids = std::move(ids),
          .circumstances = {}};
}

}  // namespace bitrade::audit
