// Content in chunks of 64 KiB, each sealed by itself, so that any range is read alone, and bound to
// its place, so that nothing is swapped, replayed or cut off.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::crypto {

// How many bytes of content a chunk holds; only the last one may hold fewer.
inline constexpr int64_t kChunkSize = int64_t{64} * 1024;

// Where a chunk belongs: the associated data of its seal.
struct ChunkPlace {
  std::string document_id;
  int64_t version = 0;  // of the content
  int64_t index = 0;    // from 0
  bool last = false;
};

// Returns a fresh key for one document, 32 bytes; kept only wrapped by a Keyring.
std::string NewDataKey();

std::string SealChunk(absl::string_view data_key, const ChunkPlace& place,
                      absl::string_view plaintext);

// Errors: SEAL_BROKEN for a chunk of another document, version or place, a wrong last flag, and
// changed bytes.
absl::StatusOr<std::string> OpenChunk(absl::string_view data_key, const ChunkPlace& place,
                                      absl::string_view sealed);

}  // namespace bitrade::crypto
