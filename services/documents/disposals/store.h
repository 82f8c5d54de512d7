// Destroys content and keeps the evidence of it. Every method works in the transaction that the
// call opened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/documents/domain/disposal.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

// What is left of a document.
struct DisposalEvidence {
  DocumentId document;
  AppointmentId appointment;
  std::string sha256;  // of what the content was
  int64_t size = 0;
  int64_t chunks = 0;
  absl::Time disposed_time;
};

class DisposalStore {
 public:
  // Returns up to `limit` documents of an appointment that still have content.
  std::vector<DocumentId> WithContent(postgres::Transaction& tx, const AppointmentId& appointment,
                                      int limit);

  // Returns the evidence of an earlier disposal; nullopt before.
  std::optional<DisposalEvidence> Evidence(postgres::Transaction& tx, const DocumentId& id);

  // Destroys key, names and chunks and returns the evidence, all in the transaction; nullopt when
  // there is no such document with content.
  std::optional<DisposalEvidence> Dispose(postgres::Transaction& tx, const DocumentId& id,
                                          const DisposalId& decision, absl::Time now);
};

}  // namespace bitrade::documents
