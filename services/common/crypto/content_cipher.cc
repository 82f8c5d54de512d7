#include "services/common/crypto/content_cipher.h"

#include "absl/strings/str_cat.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/digest.h"

namespace bitrade::crypto {
namespace {

std::string Associated(const ChunkPlace& place) {
  return absl::StrCat("bitrade chunk|", place.document_id, "|", place.version, "|", place.index,
                      "|", place.last ? "last" : "more");
}

}  // namespace

std::string NewDataKey() { return RandomBytes(kKeySize); }

std::string SealChunk(absl::string_view data_key, const ChunkPlace& place,
                      absl::string_view plaintext) {
  return SealBytes(data_key, plaintext, Associated(place));
}

absl::StatusOr<std::string> OpenChunk(absl::string_view data_key, const ChunkPlace& place,
                                      absl::string_view sealed) {
  return OpenBytes(data_key, sealed, Associated(place));
}

}  // namespace bitrade::crypto
