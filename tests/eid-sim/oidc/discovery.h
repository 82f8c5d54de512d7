// The discovery document.
// Source: OpenID Connect Discovery 3; The Swedish OpenID Connect Profile 1.0.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

std::string DiscoveryJson(absl::string_view issuer);

}  // namespace bitrade::eidsim::oidc
