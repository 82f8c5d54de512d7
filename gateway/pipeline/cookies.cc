#include "gateway/pipeline/cookies.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {

absl::string_view FindCookie(absl::string_view header, absl::string_view name) {
  absl::string_view found;
  for (absl::string_view pair : absl::StrSplit(header, ';')) {
    pair = absl::StripAsciiWhitespace(pair);
    if (pair.size() <= name.size() || pair[name.size()] != '=' ||
        pair.substr(0, name.size()) != name) {
      continue;
    }
    if (!found.empty()) return {};
    found = pair.substr(name.size() + 1);
  }
  return found;
}

std::string SetCookie(absl::string_view name, absl::string_view value, SameSite same_site,
                      absl::Duration lifetime) {
  std::string cookie = absl::StrCat(name, "=", value, "; Path=/; Secure; HttpOnly; SameSite=",
                                    same_site == SameSite::kStrict ? "Strict" : "Lax");
  if (lifetime > absl::ZeroDuration()) {
    absl::StrAppend(&cookie, "; Max-Age=", absl::ToInt64Seconds(lifetime));
  }
  return cookie;
}

std::string ClearCookie(absl::string_view name) {
  return absl::StrCat(name, "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

}  // namespace bitrade::gateway
