#include "services/documents/content/sealing.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/content_cipher.h"
#include "services/documents/domain/byte_range.h"

namespace bitrade::documents {
namespace {

static_assert(kChunkSize == crypto::kChunkSize);

// A communicated content never changes.
constexpr int64_t kContentVersion = 1;
constexpr size_t kBeginning = 16;

crypto::ChunkPlace PlaceOf(const ChunkOf& chunk) {
  return {.document_id = chunk.id.text(),
          .version = kContentVersion,
          .index = chunk.index,
          .last = chunk.index + 1 == ChunkCount(chunk.size)};
}

}  // namespace

ContentSealer::ContentSealer(const DocumentId& id, int64_t size, std::string data_key)
    : id_(id), size_(size), data_key_(std::move(data_key)) {}

SealedChunks ContentSealer::Add(absl::string_view piece) {
  Measure(piece);
  SealedChunks chunks{next_, {}};
  while (!piece.empty()) {
    const auto whole = static_cast<size_t>(ChunkLength(size_, next_));
    const absl::string_view part = piece.substr(0, whole - buffer_.size());
    piece.remove_prefix(part.size());
    if (part.size() == whole) {  // a chunk within the piece is not copied
      chunks.sealed.push_back(Seal(part));
      continue;
    }
    buffer_.append(part.data(), part.size());
    if (buffer_.size() == whole) {
      chunks.sealed.push_back(Seal(buffer_));
      buffer_.clear();
    }
  }
  return chunks;
}

void ContentSealer::Measure(absl::string_view piece) {
  digest_.Add(piece);
  received_ += static_cast<int64_t>(piece.size());
  const absl::string_view first = piece.substr(0, kBeginning - beginning_.size());
  beginning_.append(first.data(), first.size());
  if (received_ == size_ && sha256_.empty()) sha256_ = absl::BytesToHexString(digest_.Finish());
}

std::string ContentSealer::Seal(absl::string_view plaintext) {
  return crypto::SealChunk(data_key_, PlaceOf({id_, size_, next_++}), plaintext);
}

absl::StatusOr<std::string> OpenContent(const ChunkOf& chunk, absl::string_view data_key,
                                        absl::string_view sealed) {
  ASSIGN_OR_RETURN(std::string plaintext, crypto::OpenChunk(data_key, PlaceOf(chunk), sealed));
  if (static_cast<int64_t>(plaintext.size()) != ChunkLength(chunk.size, chunk.index)) {
    return Refuse(crypto::kSealBroken);
  }
  return plaintext;
}

}  // namespace bitrade::documents
