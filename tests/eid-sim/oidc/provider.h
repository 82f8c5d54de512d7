// An OpenID provider of the Swedish profile: which endpoint answers a request, faults first.
#pragma once

#include <utility>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/oidc/provider_parts.h"

namespace bitrade::eidsim::oidc {

// Thread-safe.
class Provider {
 public:
  // `clock` must outlive it. The issuer is set (Realm::SetIssuer) before anybody asks.
  Provider(const Clock& clock, PersonSource persons) : parts_(clock, std::move(persons)) {}

  HttpAnswer Answer(const HttpRequest& request);

  ProviderParts& parts() { return parts_; }

 private:
  HttpAnswer Perform(absl::string_view endpoint, const HttpRequest& request);

  ProviderParts parts_;
};

}  // namespace bitrade::eidsim::oidc
