#include "services/documents/disposals/destruction.h"

#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/ask.h"
#include "services/documents/domain/disposal.h"

namespace bitrade::documents {
namespace {

// What is destroyed does not come back: whatever the projection says, the owner is asked.
absl::Status CheckOutOfSight(rpc::Changing& changing, DocumentStore& documents,
                             const DocumentId& id) {
  const std::optional<AppointmentId> appointment = documents.AppointmentOf(changing.tx(), id);
  if (!appointment) return Refuse(kNotFound);
  if (!changing.asked()) return rpc::AskFirst(appointment->text());
  const auto facts = access::Load(changing.tx(), appointment->text());
  if (!facts) return Refuse(kNotFound);
  return CheckDisposable(facts->visible_until, changing.now());
}

}  // namespace

absl::StatusOr<DisposalEvidence> DestroyContent(rpc::Changing& changing, DocumentStore& documents,
                                                DisposalStore& disposals,
                                                const Destruction& destruction) {
  const DocumentId& id = destruction.document;
  changing.Saw(id.text());
  if (const auto before = disposals.Evidence(changing.tx(), id)) return *before;
  RETURN_IF_ERROR(CheckOutOfSight(changing, documents, id));
  const auto evidence = disposals.Dispose(changing.tx(), id, destruction.decision, changing.now());
  if (!evidence) return Refuse(kConflictRetry);
  changing.Emit("document", id.text(), kDisposedVersion, "DISPOSED",
                {{"appointment_id", evidence->appointment.text()}});
  return *evidence;
}

}  // namespace bitrade::documents
