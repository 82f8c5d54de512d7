// What the API says of itself: version, and the OpenAPI document.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

// Adds the handlers. `folder` holds openapi.yaml and openapi.json, which are read once;
// `public_base` is the address of the API without a slash at its end.
// Errors: NOT_FOUND when a document cannot be read.
absl::Status AddDocumentation(const std::string& folder, const std::string& public_base,
                              Handlers& handlers);

}  // namespace bitrade::gateway
