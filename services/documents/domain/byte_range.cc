#include "services/documents/domain/byte_range.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace bitrade::documents {

absl::StatusOr<ByteRange> ResolveRange(int64_t size, int64_t offset, int64_t length) {
  if (offset < 0) {
    const int64_t last = std::min(size, offset == INT64_MIN ? INT64_MAX : -offset);
    return ByteRange{size - last, last};
  }
  if (offset >= size || length < 0) {
    return Refuse(kRangeNotSatisfiable, {{"size", absl::StrCat(size)}});
  }
  const int64_t rest = size - offset;
  return ByteRange{offset, length == 0 ? rest : std::min(rest, length)};
}

}  // namespace bitrade::documents
