#include "tests/eid-sim/oidc/oauth_error.h"

#include "absl/strings/cord.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr char kPayload[] = "oauth";

}  // namespace

absl::Status Refused(absl::string_view code, absl::string_view description) {
  absl::Status status = absl::InvalidArgumentError(description);
  status.SetPayload(kPayload, absl::Cord(code));
  return status;
}

OAuthError OAuthErrorOf(const absl::Status& status, absl::string_view otherwise) {
  const auto code = status.GetPayload(kPayload);
  return {code ? std::string(*code) : std::string(otherwise), std::string(status.message())};
}

}  // namespace bitrade::eidsim::oidc
