#include "gateway/transcoding/path_template.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"

namespace bitrade::gateway {
namespace {

bool IsFieldName(absl::string_view text) {
  for (const char c : text) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_') return false;
  }
  return !text.empty();
}

absl::StatusOr<PathSegment> ParseSegment(absl::string_view piece) {
  const bool braces = absl::StrContains(piece, '{') || absl::StrContains(piece, '}');
  if (!braces && !piece.empty()) return PathSegment{false, std::string(piece)};
  if (piece.size() < 3 || piece.front() != '{' || piece.back() != '}' ||
      !IsFieldName(piece.substr(1, piece.size() - 2))) {
    return absl::InvalidArgumentError(absl::StrCat("not a path segment: ", piece));
  }
  return PathSegment{true, std::string(piece.substr(1, piece.size() - 2))};
}

// RFC 3986 section 2.3, by a table: ids are read again for each link of a page.
constexpr std::array<bool, 256> kUnreserved = [] {
  std::array<bool, 256> unreserved{};
  for (const char c :
       absl::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")) {
    unreserved[static_cast<unsigned char>(c)] = true;
  }
  return unreserved;
}();

bool IsUnreservedCharacter(char c) { return kUnreserved[static_cast<unsigned char>(c)]; }

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

absl::StatusOr<PathTemplate> PathTemplate::Parse(absl::string_view text) {
  if (!absl::StartsWith(text, "/")) {
    return absl::InvalidArgumentError(absl::StrCat("not an absolute path: ", text));
  }
  PathTemplate result;
  result.text_ = std::string(text);
  for (const absl::string_view piece : absl::StrSplit(text.substr(1), '/')) {
    ASSIGN_OR_RETURN(PathSegment segment, ParseSegment(piece));
    for (const PathSegment& earlier : result.segments_) {
      if (segment.is_capture && earlier.is_capture && earlier.text == segment.text) {
        return absl::InvalidArgumentError(absl::StrCat("captured twice: ", segment.text));
      }
    }
    result.segments_.push_back(std::move(segment));
  }
  return result;
}

bool IsUnreserved(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), IsUnreservedCharacter);
}

std::optional<std::string> PercentDecode(absl::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = HexValue(text[i + 1]);
    const int low = HexValue(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

std::string PercentEncode(absl::string_view text) {
  constexpr absl::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  size_t plain = 0;  // what follows is not yet copied
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (IsUnreservedCharacter(c)) continue;
    encoded.append(text.data() + plain, at - plain);
    plain = at + 1;
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kHex[byte >> 4]);
    encoded.push_back(kHex[byte & 15]);
  }
  encoded.append(text.data() + plain, text.size() - plain);
  return encoded;
}

std::optional<std::vector<std::string>> SplitPath(absl::string_view path) {
  if (!absl::StartsWith(path, "/")) return std::nullopt;
  std::vector<std::string> segments;
  for (const absl::string_view piece : absl::StrSplit(path.substr(1), '/')) {
    std::optional<std::string> decoded = PercentDecode(piece);
    if (!decoded) return std::nullopt;
    segments.push_back(*std::move(decoded));
  }
  return segments;
}

}  // namespace bitrade::gateway
