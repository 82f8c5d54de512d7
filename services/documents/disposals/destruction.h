// The one way in which content is destroyed.
#pragma once

#include "absl/status/statusor.h"
#include "services/common/rpc/use_case.h"
#include "services/documents/disposals/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

// Whose content, on whose decision.
struct Destruction {
  DocumentId document;
  DisposalId decision;  // retention's, kept with the evidence
};

// Destroys key, names and chunks of a document that its counsel sees no more, as its owner says
// now, and returns the evidence. Asked again, it returns the same evidence.
//
// Errors: NOT_FOUND, DOCUMENT_STILL_VISIBLE, CONFLICT_RETRY when another call was faster.
absl::StatusOr<DisposalEvidence> DestroyContent(rpc::Changing& changing, DocumentStore& documents,
                                                DisposalStore& disposals,
                                                const Destruction& destruction);

}  // namespace bitrade::documents
