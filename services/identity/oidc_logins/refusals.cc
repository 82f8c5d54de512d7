#include "services/identity/oidc_logins/refusals.h"

#include <string>

#include "services/common/error/error.h"
#include "services/common/log/log.h"
#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity {
namespace {

// "LEVEL" or "invalid_client": the first thing that a refusal tells.
std::string FirstOf(const Metadata& metadata) {
  return metadata.empty() ? "" : metadata.front().second;
}

}  // namespace

Refusal TellRefusal(const absl::Status& refusal, absl::string_view id, absl::Time now) {
  const ErrorDetails details = DetailsOf(refusal);
  const bool unbelieved = details.reason == oidc::kOidcAnswerRefused.name;
  if (unbelieved || details.reason == oidc::kOidcFault.name) {
    log::Write(log::Level::kError, "an answer of the openid provider is refused", now,
               {{"asked_for", std::string(id)},
                {"reason", details.reason},
                {"fault", FirstOf(details.metadata)}});
  }
  return unbelieved ? Refusal::kUnbelieved : Refusal::kOther;
}

}  // namespace bitrade::identity
