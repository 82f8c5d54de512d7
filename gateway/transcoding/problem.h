// Refusals as problem documents (RFC 9457).
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/transcoding/language.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::gateway {

// A problem, ready to be sent as application/problem+json in the language it was written in.
struct Problem {
  int status = 500;
  std::string body;
  std::optional<int> retry_after_seconds;
};

// What a problem says beyond its status.
struct ProblemContext {
  Language language = Language::kSwedish;
  absl::string_view request_id;  // a UUID
  const Route* route = nullptr;  // null where none was found
};

// Returns the HTTP status of a refusal. INVALID_ARGUMENT is 400 with a reason of the gateway, else
// 422; RESOURCE_EXHAUSTED is 503 but for RATE_LIMITED, ABORTED 409 but for ETAG_MISMATCH.
int HttpStatusOf(const absl::Status& status);

// Returns where a fault is, as a client sees it: "work[0].minutes" as "/work/0/minutes", a
// parameter of the query as "?limit". What is such a place already stays. `route` may be null.
std::string PointerOf(absl::string_view field, const Route* route);

// Writes problems. Immutable; safe to share between threads.
class ProblemWriter {
 public:
  // `public_base` is the address of the documentation without a slash at its end:
  // "https://bitrade.example".
  explicit ProblemWriter(std::string public_base) : public_base_(std::move(public_base)) {}

  // Writes a refusal. A status without details gets the texts of its code; its message is never
  // told. Precondition: `status` is not OK.
  Problem Write(const absl::Status& status, const ProblemContext& context) const;

 private:
  std::string public_base_;
};

}  // namespace bitrade::gateway
