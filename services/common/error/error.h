// Errors with names. A rule that refuses declares a Reason beside itself; the same word travels
// from the domain through gRPC (google.rpc.ErrorInfo) to the problem document that a user reads.
//
//   constexpr Reason kNotAppointed{"APPOINTMENT_NOT_APPOINTED",
//   absl::StatusCode::kFailedPrecondition,
//                                  {"Not appointed", "Only an appointment in state APPOINTED can be
//                                  released."},
//                                  {"Inte förordnad", "Bara ett förordnande som gäller kan
//                                  entledigas."}};
//   return Refuse(kNotAppointed);
//
// Details may hold {placeholders}, filled from the metadata: never personal data.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bitrade {

// What a person reads: a short title and a sentence, which may hold {placeholders}.
struct Text {
  const char* title;
  const char* detail;
};

// A named refusal. `name` is UPPER_SNAKE_CASE, fixed to one code and never reused. Choose the code
// by what the caller should do: mend the request (kInvalidArgument), change the world first
// (kFailedPrecondition), read again and retry (kAborted), already done (kAlreadyExists), wait
// (kUnavailable).
struct Reason {
  const char* name;
  absl::StatusCode code;
  Text english;
  Text swedish;
};

using Metadata = std::vector<std::pair<std::string, std::string>>;

// One fault in one field of a request. `field` is the proto path ("work[0].minutes"); the gateway
// makes it a JSON pointer.
struct Violation {
  std::string field;
  std::string code;    // UPPER_SNAKE_CASE: REQUIRED, MALFORMED, OUT_OF_RANGE, …
  std::string detail;  // English, for developers
};

// Returns the status of a refusal, with the reason and `metadata` as payload.
absl::Status Refuse(const Reason& reason, const Metadata& metadata = {});

// Collects faults, so that a form is mended in one go. ToStatus is OK when there is none, else
// INVALID_ARGUMENT with reason INVALID_REQUEST and all of them.
class Violations {
 public:
  void Add(absl::string_view field, absl::string_view code, absl::string_view detail);
  bool empty() const { return violations_.empty(); }
  absl::Status ToStatus() const;

 private:
  std::vector<Violation> violations_;
};

// What Refuse and Violations put into a status.
struct ErrorDetails {
  std::string reason;
  Metadata metadata;
  std::vector<Violation> violations;
  std::string english_title, english_detail;  // placeholders filled
  std::string swedish_title, swedish_detail;
  std::optional<int> retry_after_seconds;
};

// Returns the details of `status`; empty for a status without.
ErrorDetails DetailsOf(const absl::Status& status);

// Returns `status` with `details` instead of what it carried.
absl::Status WithDetails(absl::Status status, const ErrorDetails& details);

// Returns the reason's name, or "" for a status without one.
std::string ReasonOf(const absl::Status& status);

// Reasons that belong to no rule of one service.
extern const Reason kInvalidRequest;  // INVALID_ARGUMENT, with violations
extern const Reason
    kNotFound;  // NOT_FOUND: missing, foreign or no longer visible, never told apart
extern const Reason kUnauthenticated;        // UNAUTHENTICATED
extern const Reason kPermissionDenied;       // PERMISSION_DENIED
extern const Reason kEtagMismatch;           // ABORTED
extern const Reason kConflictRetry;          // ABORTED: lost a race, read again and retry
extern const Reason kOverloaded;             // RESOURCE_EXHAUSTED, retry after a second
extern const Reason kUnavailable;            // UNAVAILABLE, retry after a second
extern const Reason kDeadlineExceeded;       // DEADLINE_EXCEEDED
extern const Reason kIdempotencyKeyReused;   // INVALID_ARGUMENT: the key belongs to another request
extern const Reason kIdempotencyInProgress;  // ABORTED: the first call with this key still runs
extern const Reason kSourceIdReused;     // ALREADY_EXISTS: the source id belongs to other content
extern const Reason kSignatureRequired;  // FAILED_PRECONDITION: the counsel signs first

// Every reason above, for the catalogue of problems.
const std::vector<const Reason*>& CommonReasons();

}  // namespace bitrade
