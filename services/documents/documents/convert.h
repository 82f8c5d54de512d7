// Documents between the domain and the wire.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/documents/v1/document.pb.h"
#include "bitrade/documents/v1/document_agency_service.pb.h"
#include "bitrade/documents/v1/document_service.pb.h"
#include "services/documents/documents/store.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

// Returns the wire form of a document.
v1::Document ToProto(const Document& document);

// Returns the wire form of a page, with the cursor of the next one.
v1::ListDocumentsResponse ToProto(const DocumentPage& page);

// Returns the description that a case system gave.
//
// Errors: INVALID_REQUEST, DOCUMENT_TOO_LARGE.
absl::StatusOr<Description> FromProto(const v1::CommunicateDescription& description);

}  // namespace bitrade::documents
