#include "gateway/pipeline/etag.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/crypto/digest.h"

namespace bitrade::gateway {

std::string EtagOfBytes(absl::string_view body) {
  constexpr size_t kEnough = 16;
  return absl::StrCat("\"", absl::WebSafeBase64Escape(crypto::Sha256(body).substr(0, kEnough)),
                      "\"");
}

bool Matches(absl::string_view if_none_match, absl::string_view etag) {
  if (absl::StripAsciiWhitespace(if_none_match) == "*") return true;
  for (absl::string_view named : absl::StrSplit(if_none_match, ',')) {
    named = absl::StripAsciiWhitespace(named);
    absl::ConsumePrefix(&named, "W/");
    if (named == etag) return true;
  }
  return false;
}

}  // namespace bitrade::gateway
