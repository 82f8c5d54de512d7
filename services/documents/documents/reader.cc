#include "services/documents/documents/reader.h"

#include "services/common/access/projection.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

absl::Status NotSeen(rpc::Reading& reading, DocumentStore& documents, const DocumentId& id) {
  const std::optional<AppointmentId> appointment =
      documents.InDoubt(reading.tx(), ReaderOf(reading), id);
  return appointment ? access::NotSeen(reading, appointment->text()) : Refuse(kNotFound);
}

}  // namespace bitrade::documents
