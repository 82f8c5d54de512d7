#include "services/common/rpc/trace.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bitrade::rpc {
namespace {

// version "-" trace "-" parent "-" flags
constexpr size_t kLength = 55;
constexpr size_t kTraceAt = 3, kTraceSize = 32, kParentAt = 36, kParentSize = 16, kFlagsAt = 53;

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// The names of spans are no secrets: the system's generator costs a tenth of OpenSSL's.
std::string RandomHex(size_t digits) {
  std::string bytes(digits / 2, '\0');
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  return absl::BytesToHexString(bytes);
}

bool IsZero(absl::string_view text) {
  return text.find_first_not_of('0') == absl::string_view::npos;
}

}  // namespace

bool IsTraceparent(absl::string_view text) {
  if (text.size() != kLength || text.substr(0, kTraceAt) != "00-") return false;
  const absl::string_view trace = text.substr(kTraceAt, kTraceSize);
  const absl::string_view parent = text.substr(kParentAt, kParentSize);
  return text[kParentAt - 1] == '-' && text[kFlagsAt - 1] == '-' && IsHex(trace) && IsHex(parent) &&
         IsHex(text.substr(kFlagsAt)) && !IsZero(trace) && !IsZero(parent);
}

std::string NextTraceparent(absl::string_view incoming) {
  const std::string parent = RandomHex(kParentSize);
  if (!IsTraceparent(incoming)) {
    return absl::StrCat("00-", RandomHex(kTraceSize), "-", parent, "-00");
  }
  return absl::StrCat(incoming.substr(0, kParentAt), parent, incoming.substr(kFlagsAt - 1));
}

std::string TraceId(absl::string_view traceparent) {
  return IsTraceparent(traceparent) ? std::string(traceparent.substr(kTraceAt, kTraceSize))
                                    : std::string();
}

}  // namespace bitrade::rpc
