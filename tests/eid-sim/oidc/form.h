// Parameters as queries and forms carry them (application/x-www-form-urlencoded).
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

using Form = std::map<std::string, std::string, std::less<>>;
using Parameters = std::vector<std::pair<std::string, std::string>>;

// Errors: INVALID_ARGUMENT for an escape that is none, and for a name that stands twice.
// Source: RFC 6749 3.1.
absl::StatusOr<Form> ParseForm(absl::string_view text);

// The value of `name`; empty when there is none.
std::string ValueOf(const Form& form, absl::string_view name);

std::string FormText(const Parameters& parameters);

// Returns `url` with the parameters after its own.
std::string WithQuery(absl::string_view url, const Parameters& parameters);

}  // namespace bitrade::eidsim::oidc
