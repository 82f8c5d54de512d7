#include "tests/eid-sim/qr.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/crypto/digest.h"

namespace bitrade::eidsim {
namespace {

constexpr int64_t kOldestSeconds = 5;
constexpr int64_t kAheadSeconds = 1;
constexpr size_t kCodeDigits = 64;

bool IsCode(absl::string_view text) {
  return text.size() == kCodeDigits && std::all_of(text.begin(), text.end(), [](char digit) {
           return absl::ascii_isdigit(static_cast<unsigned char>(digit)) ||
                  (digit >= 'a' && digit <= 'f');
         });
}

}  // namespace

absl::StatusOr<QrText> ParseQr(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  int64_t seconds = 0;
  if (parts.size() != 4 || parts[0] != "bankid" || !absl::SimpleAtoi(parts[2], &seconds) ||
      seconds < 0 || absl::StrCat(seconds) != parts[2] || !IsCode(parts[3])) {
    return absl::InvalidArgumentError("not a QR code of BankID");
  }
  return QrText{std::string(parts[1]), seconds, std::string(parts[3])};
}

absl::Status CheckQr(const QrText& text, absl::string_view start_secret, absl::Duration age) {
  const std::string code =
      absl::BytesToHexString(crypto::HmacSha256(start_secret, absl::StrCat(text.seconds)));
  if (code != text.code) return absl::InvalidArgumentError("the QR code is forged");
  const int64_t now = absl::ToInt64Seconds(age);
  if (now - text.seconds > kOldestSeconds) {
    return absl::FailedPreconditionError("the QR code is stale");
  }
  if (text.seconds - now > kAheadSeconds) {
    return absl::FailedPreconditionError("the QR code is ahead of its time");
  }
  return absl::OkStatus();
}

}  // namespace bitrade::eidsim
