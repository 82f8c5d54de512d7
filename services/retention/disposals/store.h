// Keeps how far disposals are, step by step, and the evidence that they leave. Every step of the
// work is audited in its transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/common/access/reach.h"
#include "services/common/postgres/transaction.h"
#include "services/retention/domain/disposal.h"

namespace bitrade::retention {

// The next thing to ask documents: to destroy a document, or which documents there are.
struct Task {
  DisposalId disposal;
  AppointmentId appointment;
  std::optional<DocumentId> document;
};

// Which step does something, and when.
struct Step {
  std::string request_id;  // travels with what is asked; in the audit rows
  absl::Time now;
};

using access::Reach;

class DisposalStore {
 public:
  // Takes up the disposal that has been due longest, has no legal hold and is in nobody's hands,
  // and keeps it from others until `lease_end`; nullopt when there is none.
  std::optional<Task> Take(postgres::Transaction& tx, const Step& step, absl::Time lease_end);

  // Writes down documents that are to be destroyed, before they are; false when there is evidence
  // of each already.
  bool Intend(postgres::Transaction& tx, const Task& task,
              const std::vector<DocumentId>& documents);

  // Keeps what is left of the task's document; what is kept already stays as it is.
  void Record(postgres::Transaction& tx, const Step& step, const Task& task,
              const Evidence& evidence);

  // Ends a disposal that has no document left; false when it has moved meanwhile.
  bool Finish(postgres::Transaction& tx, const Step& step, const Task& task);

  // Returns the disposals of an appointment with their evidence, the oldest first; none of one
  // whose matter is out of `reach`.
  std::vector<Disposal> Of(postgres::Transaction& tx, const AppointmentId& appointment,
                           const Reach& reach);

  // Returns how many disposals are due at `now` and not done, legal holds apart.
  int64_t CountDue(postgres::Transaction& tx, absl::Time now);
};

}  // namespace bitrade::retention
