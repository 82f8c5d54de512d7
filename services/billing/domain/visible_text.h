// What a counsel reads and signs.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/billing/domain/manifest.h"

namespace bitrade::billing {

// Returns in Swedish what is given in, in which appointment, each sum, and the digest of the
// manifest that is signed with it. Plain text; nothing in it is a user's.
std::string VisibleText(const Filing& filing, absl::string_view manifest_sha256);

}  // namespace bitrade::billing
