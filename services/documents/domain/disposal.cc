#include "services/documents/domain/disposal.h"

namespace bitrade::documents {

absl::Status CheckDisposable(absl::Time visible_until, absl::Time now) {
  return visible_until > now ? Refuse(kDocumentStillVisible) : absl::OkStatus();
}

}  // namespace bitrade::documents
