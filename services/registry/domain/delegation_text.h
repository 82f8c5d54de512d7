// What a counsel signs when she lets somebody do something for her.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/registry/domain/delegation.h"

namespace bitrade::registry {

// Returns the canonical form of a draft in its version, which names the delegate by the person's
// id: UTF-8 lines "name<TAB>value", values escaped so that each stays on its line, always in the
// same order. The same draft gives the same bytes.
std::string DelegationManifest(const Delegation& draft);

// Returns in Swedish who lets whom do what and how long, and the digest of the manifest that is
// signed with it: plain text, at most 3 000 bytes.
std::string DelegationVisibleText(const Delegation& draft, absl::string_view principal_name,
                                  absl::string_view manifest_sha256);

}  // namespace bitrade::registry
