// What the token endpoint answers.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::identity::oidc {

struct TokenAnswer {
  std::string id_token;
  std::string access_token;  // for UserInfo alone; kept nowhere
};

// Reads it. Errors: OIDC_ANSWER_REFUSED with fault FORM, also for an access token that could not
// stand in a header.
absl::StatusOr<TokenAnswer> ReadTokenAnswer(absl::string_view json);

}  // namespace bitrade::identity::oidc
