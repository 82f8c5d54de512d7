// How a browser that comes back from an e-legitimation with a signature, or with a confirmation in
// its place, goes on to a page of the front end. No session depends on it.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

// Sends the browser to `page` with the id of its signature, which the page asks for as for any
// other; or with the reason when identity does not know it. When identity is down for a moment,
// the browser comes again by itself.
void GoOnWithSignature(const ExchangePtr& exchange, const std::string& page,
                       const std::string& signature, const absl::Status& known);

}  // namespace bitrade::gateway
