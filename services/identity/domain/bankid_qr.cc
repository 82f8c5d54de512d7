#include "services/identity/domain/bankid_qr.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bitrade::identity {

std::string AnimatedQr(const QrSecrets& secrets, absl::Duration age, HmacSha256 hmac) {
  const int64_t seconds = std::max<int64_t>(absl::ToInt64Seconds(age), 0);
  const std::string t = absl::StrCat(seconds);
  const std::string code = absl::BytesToHexString(hmac(secrets.start_secret, t));
  return absl::StrCat("bankid.", secrets.start_token, ".", t, ".", code);
}

}  // namespace bitrade::identity
