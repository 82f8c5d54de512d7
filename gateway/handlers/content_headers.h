// What is said of a content beside its bytes.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "bitrade/documents/v1/document.pb.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

// Returns `Content-Disposition`: saved, never shown, under the document's name (RFC 6266), in ASCII
// for old clients and whole in UTF-8 (RFC 8187). Path separators and controls become '_'.
std::string ContentDisposition(absl::string_view file_name);

// Returns the strong entity tag of the content: its SHA-256.
std::string ContentEtag(const documents::v1::Document& document);

// Returns `Repr-Digest` of the whole content (RFC 9530) from its SHA-256 in hexadecimal.
std::string ReprDigest(absl::string_view sha256_hex);

// Adds what every answer says of the content: tag, digest, name, that ranges work, and that nobody
// keeps it and no browser runs it.
void AddContentHeaders(const documents::v1::Document& document, Exchange& exchange);

}  // namespace bitrade::gateway
