#include "gateway/sessions/token.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"

namespace bitrade::gateway {
namespace {

constexpr size_t kTokenBytes = 32;
constexpr size_t kTokenLength = 43;

}  // namespace

std::string NewToken() { return absl::WebSafeBase64Escape(crypto::RandomBytes(kTokenBytes)); }

bool IsToken(absl::string_view text) {
  return text.size() == kTokenLength && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_';
         });
}

std::string SessionKeyOf(absl::string_view token) {
  return absl::StrCat("sess:", crypto::Sha256Hex(token));
}

}  // namespace bitrade::gateway
