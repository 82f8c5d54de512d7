// Cookies, as the gateway reads and sets them: only ones whose names begin with "__Host-".
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::gateway {

inline constexpr char kSessionCookie[] = "__Host-session";
inline constexpr char kLoginCookie[] = "__Host-login";
inline constexpr char kDeviceCookie[] = "__Host-device";
// What the device's cookie is hashed to, for as long as a log-in: that one does not come with a
// return from another site.
inline constexpr char kLoginDeviceCookie[] = "__Host-login-device";

// Returns the value of the cookie `name` of a header `Cookie`; "" when it is missing or there
// twice: which of the two is ours could not be told.
absl::string_view FindCookie(absl::string_view header, absl::string_view name);

// Whether a browser sends a cookie with a navigation that comes from another site.
enum class SameSite { kStrict, kLax };

// Returns the value of `Set-Cookie` for a cookie of this host alone, over TLS alone, out of reach
// of scripts. A `lifetime` of zero: until the browser ends.
std::string SetCookie(absl::string_view name, absl::string_view value, SameSite same_site,
                      absl::Duration lifetime = absl::ZeroDuration());

// Returns the value of `Set-Cookie` that deletes a cookie.
std::string ClearCookie(absl::string_view name);

}  // namespace bitrade::gateway
