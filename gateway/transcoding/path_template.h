// Paths with captures, "/bitrade/v1/appointments/{appointment_id}/documents", and the segments of
// the paths that clients send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// One segment: a literal, or a capture with the name of a field.
struct PathSegment {
  bool is_capture = false;
  std::string text;
};

// A parsed template. Immutable; safe to share between threads.
class PathTemplate {
 public:
  // Parses a template: absolute, of literals and whole-segment captures "{field_name}".
  // Errors: INVALID_ARGUMENT for anything else, an empty segment or a name captured twice.
  static absl::StatusOr<PathTemplate> Parse(absl::string_view text);

  // Returns the template as it was written.
  const std::string& text() const { return text_; }

  // Returns the segments in their order.
  const std::vector<PathSegment>& segments() const { return segments_; }

 private:
  std::string text_;
  std::vector<PathSegment> segments_;
};

// Splits a path as a client sent it into its segments, percent-decoded. Returns nullopt for a path
// that is not absolute or holds a broken percent escape.
std::optional<std::vector<std::string>> SplitPath(absl::string_view path);

// Decodes percent escapes. Returns nullopt for a broken one.
std::optional<std::string> PercentDecode(absl::string_view text);

// Tells whether PercentEncode changes nothing.
bool IsUnreserved(absl::string_view text);

// Encodes every byte that is not unreserved (RFC 3986 section 2.3).
std::string PercentEncode(absl::string_view text);

}  // namespace bitrade::gateway
