// Who reads documents, and what is answered when nothing is seen.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/rpc/use_case.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

class DocumentStore;

// Who reads, and when: what every statement that answers a counsel checks in the statement itself.
struct Reader {
  std::string counsel_id;
  absl::Time now;
  // The owner of the appointment was asked in this call: the projection counts whatever its age.
  bool asked = false;
};

// Returns the counsel that a call acts as.
Reader ReaderOf(const rpc::Reading& reading);

// Document `id` was not seen: asks the owner of its appointment once, then it does not exist.
absl::Status NotSeen(rpc::Reading& reading, DocumentStore& documents, const DocumentId& id);

}  // namespace bitrade::documents
