// The authorization endpoint and the page on which a person logs in.
#pragma once

#include "absl/strings/string_view.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/oidc/form.h"
#include "tests/eid-sim/oidc/provider_parts.h"

namespace bitrade::eidsim::oidc {

// Leads to the log-in page, back to the client with an error, or, where nothing proves who the
// client is, nowhere.
HttpAnswer Authorize(const Form& parameters, ProviderParts& parts);

// The log-in page of one request; back to the client once that is decided.
HttpAnswer ShowLogin(absl::string_view id, ProviderParts& parts);

// What was chosen there: {action: "approve" or an error, person, acr}.
HttpAnswer DecideLogin(absl::string_view id, const Form& chosen, ProviderParts& parts);

}  // namespace bitrade::eidsim::oidc
