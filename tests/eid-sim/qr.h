// The text of an animated QR code, as the BankID app reads it from a screen.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::eidsim {

// The parts of "bankid.<start token>.<seconds>.<code>".
struct QrText {
  std::string start_token;
  int64_t seconds;
  std::string code;  // 64 lower-case hexadecimal digits
};

// Reads a text that keeps the form to the letter.
//
// Errors: INVALID_ARGUMENT.
absl::StatusOr<QrText> ParseQr(absl::string_view text);

// Checks the code against the order's secret, and its second against the order's `age`: at most
// five seconds old, at most one ahead.
//
// Errors: INVALID_ARGUMENT for a wrong code, FAILED_PRECONDITION for a wrong second.
absl::Status CheckQr(const QrText& text, absl::string_view start_secret, absl::Duration age);

}  // namespace bitrade::eidsim
