// Ids out of a request: one that is none names its field, where Id::Parse knows none.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade {

// Returns the id that `text` is, or whatever with a fault in `field`.
template <typename IdType>
IdType IdFrom(const std::string& text, absl::string_view field, Violations& violations) {
  if (!IsUuid(text)) violations.Add(field, text.empty() ? "REQUIRED" : "MALFORMED", "a UUID");
  return IdType::Trusted(text);
}

// Returns the id that `text` is. Errors: INVALID_REQUEST with a violation of `field`.
template <typename IdType>
absl::StatusOr<IdType> ParseId(const std::string& text, absl::string_view field) {
  Violations violations;
  auto id = IdFrom<IdType>(text, field, violations);
  if (!violations.empty()) return violations.ToStatus();
  return id;
}

}  // namespace bitrade
