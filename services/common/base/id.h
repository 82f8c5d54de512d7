// Identifiers as types: one C++ type for each kind of thing, so that no counsel's id is ever taken
// for a matter's.
//
//   using CounselId = Id<struct CounselTag>;
//   absl::StatusOr<CounselId> id = CounselId::Parse("0190f5a2-7c3e-7b1d-8f00-0123456789ab");
//
// The value is a UUID in lower-case text, made by Parse or by an IdSource and by nothing else. On
// the wire and in SQL it is plain text or `uuid`.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade {

// Tells whether `text` is a UUID in its canonical form: 8-4-4-4-12 lower-case hexadecimal digits.
bool IsUuid(absl::string_view text);

// The error of every malformed id: INVALID_ARGUMENT, without a reason: base knows none. Who reads a
// request names the field in a violation.
absl::Status MalformedId(absl::string_view text);

template <typename Tag>
class Id {
 public:
  // Errors: INVALID_ARGUMENT for anything but a lower-case UUID.
  static absl::StatusOr<Id> Parse(absl::string_view text) {
    if (!IsUuid(text)) return MalformedId(text);
    return Id(std::string(text));
  }

  // For text that our own database or IdSource made.
  static Id Trusted(std::string text) { return Id(std::move(text)); }

  const std::string& text() const { return text_; }

  friend bool operator==(const Id& a, const Id& b) { return a.text_ == b.text_; }
  friend bool operator!=(const Id& a, const Id& b) { return a.text_ != b.text_; }
  friend bool operator<(const Id& a, const Id& b) { return a.text_ < b.text_; }

  template <typename Hash>
  friend Hash AbslHashValue(Hash state, const Id& id) {
    return Hash::combine(std::move(state), id.text_);
  }

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace bitrade
