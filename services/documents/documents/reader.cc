#include "services/documents/documents/reader.h"

#include "services/common/access/projection.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

Reader ReaderOf(const rpc::Reading& reading) {
  return {
      .counsel_id = reading.caller().counsel_id(), .now = reading.now(), .asked = reading.asked()};
}

absl::Status NotSeen(rpc::Reading& reading, DocumentStore& documents, const DocumentId& id) {
  const std::optional<AppointmentId> appointment = documents.AppointmentOf(reading.tx(), id);
  return appointment ? access::NotSeen(reading, appointment->text()) : Refuse(kNotFound);
}

}  // namespace bitrade::documents
