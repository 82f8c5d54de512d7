// What a person is asked to sign: a text to read, and a manifest that is signed unseen.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::identity {

// In bytes: what the provider takes of text and of data that is not shown.
constexpr size_t kLargestStatement = 30'000;
constexpr size_t kLargestManifest = 150'000;

// Adds the faults of what is to be signed: `visible_text` is UTF-8 without control characters but
// line feeds, neither is empty nor larger than the provider takes.
void CheckStatement(absl::string_view visible_text, absl::string_view manifest,
                    Violations& violations);

}  // namespace bitrade::identity
