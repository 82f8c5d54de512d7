// Which bytes of a content are wanted, and in which chunks they lie.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/common/error/error.h"

namespace bitrade::documents {

// Content is stored in pieces of this size; only the last may be shorter.
constexpr int64_t kChunkSize = int64_t{64} * 1024;

// A part of a content: `length` bytes from `offset`.
struct ByteRange {
  int64_t offset = 0;
  int64_t length = 0;

  int64_t end() const { return offset + length; }
  int64_t first_chunk() const { return offset / kChunkSize; }
  // The chunk after the last one that holds a byte of the range.
  int64_t end_chunk() const { return (end() + kChunkSize - 1) / kChunkSize; }
};

inline const Reason kRangeNotSatisfiable{
    "RANGE_NOT_SATISFIABLE",
    absl::StatusCode::kOutOfRange,
    {"Range not satisfiable", "The document has {size} bytes and none of those asked for."},
    {"Intervallet finns inte", "Handlingen har {size} byte och ingen av de efterfrågade."}};

// Returns how many chunks a content of `size` bytes has.
constexpr int64_t ChunkCount(int64_t size) { return (size + kChunkSize - 1) / kChunkSize; }

// Returns how many bytes the chunk `index`, from 0, of a content of `size` bytes holds.
constexpr int64_t ChunkLength(int64_t size, int64_t index) {
  return index + 1 < ChunkCount(size) ? kChunkSize : size - index * kChunkSize;
}

// Resolves what was asked for against a content of `size` bytes. A negative `offset` asks for the
// last `-offset` bytes and ignores `length`; a `length` of 0 asks for all that follow; what reaches
// beyond the end is cut off.
//
// Errors: RANGE_NOT_SATISFIABLE, with the size.
absl::StatusOr<ByteRange> ResolveRange(int64_t size, int64_t offset, int64_t length);

}  // namespace bitrade::documents
