// Content on its way into and out of chunks: sealed each by itself and bound to its place, so that
// any range is read alone and nothing is swapped, replayed, changed or cut off unnoticed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/crypto/digest.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

// Chunks with consecutive indexes, from `first`.
struct SealedChunks {
  int64_t first = 0;
  std::vector<std::string> sealed;
};

// Seals a content that arrives in pieces of any size, and measures it. Holds less than one chunk.
class ContentSealer {
 public:
  // For a content of `size` bytes, as described.
  ContentSealer(const DocumentId& id, int64_t size, std::string data_key);

  // Takes the next piece and returns the chunks that are whole now, the last one with the last
  // byte. Precondition: no more arrives than `size`.
  SealedChunks Add(absl::string_view piece);

  // How many bytes have arrived.
  int64_t received() const { return received_; }
  // The first bytes, as far as they have arrived: enough to tell a kind by its signature.
  const std::string& beginning() const { return beginning_; }
  // The SHA-256 in lower-case hexadecimal; empty before the last byte.
  const std::string& sha256() const { return sha256_; }

 private:
  void Measure(absl::string_view piece);
  std::string Seal(absl::string_view plaintext);

  const DocumentId id_;
  const int64_t size_;
  const std::string data_key_;
  crypto::Sha256Stream digest_;
  std::string buffer_;  // of the chunk under way
  int64_t next_ = 0;    // its index
  int64_t received_ = 0;
  std::string beginning_, sha256_;
};

// Where a chunk stands in which content.
struct ChunkOf {
  const DocumentId& id;
  int64_t size;  // of the content
  int64_t index;
};

// Opens a chunk; an empty text stands for one that is missing. Errors: SEAL_BROKEN.
absl::StatusOr<std::string> OpenContent(const ChunkOf& chunk, absl::string_view data_key,
                                        absl::string_view sealed);

}  // namespace bitrade::documents
