// When the content of a document may be destroyed (Swedish: gallras).
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::documents {

// A decision of retention's; here it is evidence alone.
using DisposalId = Id<struct DisposalTag>;

// A document has two lives: communicated, and disposed of.
inline constexpr int64_t kCommunicatedVersion = 1;
inline constexpr int64_t kDisposedVersion = 2;

inline const Reason kDocumentStillVisible{
    "DOCUMENT_STILL_VISIBLE",
    absl::StatusCode::kFailedPrecondition,
    {"Still shown", "The document is still shown to its counsel: its content stays."},
    {"Visas fortfarande", "Handlingen visas fortfarande för biträdet: innehållet är kvar."}};

// Checks that the counsel does not see the document at `now` any more.
//
// Errors: DOCUMENT_STILL_VISIBLE.
absl::Status CheckDisposable(absl::Time visible_until, absl::Time now);

}  // namespace bitrade::documents
