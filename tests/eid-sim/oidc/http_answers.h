// The kinds of answers that the provider gives.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/oidc/oauth_error.h"

namespace bitrade::eidsim::oidc {

// JSON, not to be kept by anybody.
HttpAnswer JsonAnswer(std::string body);
// A signed JWT, likewise.
HttpAnswer JwtAnswer(std::string token);
// A page with `content` as its body.
HttpAnswer Html(int status, absl::string_view content);
// 303: a browser goes there with GET.
HttpAnswer Redirect(absl::string_view url);
// {error, error_description}
HttpAnswer ErrorAnswer(int status, const OAuthError& error);

// `text` where HTML may not understand anything of it.
std::string HtmlText(absl::string_view text);

}  // namespace bitrade::eidsim::oidc
