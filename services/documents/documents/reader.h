// Who reads documents, and what is answered when nothing is seen.
#pragma once

#include "absl/status/status.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/rpc/use_case.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

class DocumentStore;

using access::Reader;
using access::ReaderOf;

// What a reader ($5 the delegate) sees of a document `d` of an appointment that is seen: nothing
// that shows where a protected person lives reaches a delegate.
#define BITRADE_DOCUMENT_SHOWN(d) \
  d ".state = 'COMMUNICATED' AND ($5::uuid IS NULL OR NOT " d ".reveals_residence) "

// Document `id` was not seen: asks the owners of what access to it rests on once, then it does not
// exist. Of what is known to be another counsel's nobody is asked: it is answered like what never
// was, as fast, and whether appointments answers or not.
absl::Status NotSeen(rpc::Reading& reading, DocumentStore& documents, const DocumentId& id);

}  // namespace bitrade::documents
