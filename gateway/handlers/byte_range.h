// The part of a content that a client asks for with `Range` (RFC 9110 section 14).
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// As documents.v1.DownloadRequest has it: from `offset`, negative for the last so many bytes;
// `length` 0 for all that follow.
struct AskedRange {
  int64_t offset = 0;
  int64_t length = 0;
};

// Reads one range of bytes. Returns nullopt for what has to be ignored: another unit, several
// ranges, bad syntax. Numbers that are too large stand for the largest one, which no content has.
std::optional<AskedRange> ParseRange(absl::string_view range);

}  // namespace bitrade::gateway
