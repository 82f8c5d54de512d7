// Refusals as OAuth names them: a code for machines and a sentence for whoever debugs.
// Source: RFC 6749 4.1.2.1, 5.2; OpenID Connect Core 3.1.2.6.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

struct OAuthError {
  std::string code;
  std::string description;
};

// An INVALID_ARGUMENT that carries both.
absl::Status Refused(absl::string_view code, absl::string_view description);

// What a refusal carries; `otherwise` is the code of a status that Refused did not make.
OAuthError OAuthErrorOf(const absl::Status& status,
                        absl::string_view otherwise = "invalid_request");

}  // namespace bitrade::eidsim::oidc
