#include "gateway/http/policy.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace bitrade::gateway::http {
namespace {

constexpr int kPass = 0;

constexpr std::array<absl::string_view, 9> kMethods = {
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"};

bool IsHostCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::StrContains("-._~%!$&'()*+,;=", c);
}

bool IsAddressCharacter(char c) {
  return absl::ascii_isxdigit(static_cast<unsigned char>(c)) || c == ':' || c == '.';
}

bool IsPort(absl::string_view text) {
  if (text.empty()) return true;
  uint32_t port = 0;
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &port) && port <= 65535;
}

// host [ ":" port ], with an IPv6 address in brackets
bool IsAuthority(absl::string_view text) {
  const bool bracketed = absl::StartsWith(text, "[");
  const size_t end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == absl::string_view::npos) return false;
  const absl::string_view host = bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  const absl::string_view rest =
      end == absl::string_view::npos ? absl::string_view() : text.substr(end + (bracketed ? 1 : 0));
  if (host.empty()) return false;
  if (!std::all_of(host.begin(), host.end(), bracketed ? IsAddressCharacter : IsHostCharacter)) {
    return false;
  }
  return rest.empty() || (rest[0] == ':' && IsPort(rest.substr(1)));
}

bool IsTargetText(absl::string_view target) {
  for (size_t i = 0; i < target.size(); ++i) {
    const auto c = static_cast<unsigned char>(target[i]);
    if (c <= 0x20 || c >= 0x7f || c == '#') return false;
    if (c != '%') continue;
    if (i + 2 >= target.size() ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(target[i + 1])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(target[i + 2]))) {
      return false;
    }
  }
  return true;
}

struct AbsoluteTarget {
  absl::string_view authority;
  absl::string_view rest;  // path and query
};

// Both parts are empty unless `target` has the scheme http or https.
AbsoluteTarget SplitAbsolute(absl::string_view target) {
  for (const absl::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(target, scheme)) continue;
    const absl::string_view rest = target.substr(scheme.size());
    const size_t end = std::min(rest.find_first_of("/?"), rest.size());
    return {rest.substr(0, end), rest.substr(end)};
  }
  return {};
}

int JudgeTarget(const Request& head, absl::string_view target) {
  if (!IsTargetText(target)) return 400;
  if (absl::StartsWith(target, "/")) return kPass;
  if (head.method == "CONNECT") return 501;
  if (target == "*") return head.method == "OPTIONS" ? kPass : 400;
  return IsAuthority(SplitAbsolute(target).authority) ? kPass : 400;
}

// How often each header that may come only once has come.
struct Seen {
  int host = 0;
  int content_length = 0;
  int transfer_encoding = 0;
};

int JudgeHost(const Header& header, Seen& seen) {
  return ++seen.host > 1 || !IsAuthority(header.value) ? 400 : kPass;
}

int JudgeLength(const Header& header, Seen& seen) {
  const bool digits = std::all_of(header.value.begin(), header.value.end(), absl::ascii_isdigit);
  return ++seen.content_length > 1 || header.value.empty() || !digits ? 400 : kPass;
}

int JudgeCoding(const Request& head, const Header& header, Seen& seen) {
  if (!head.http11) return 400;
  return ++seen.transfer_encoding > 1 || !absl::EqualsIgnoreCase(header.value, "chunked") ? 501
                                                                                          : kPass;
}

int JudgeExpectation(const Request& head, const Header& header) {
  return head.http11 && !absl::EqualsIgnoreCase(header.value, "100-continue") ? 417 : kPass;
}

int JudgeHeader(const Request& head, const Header& header, Seen& seen) {
  if (header.name == "host") return JudgeHost(header, seen);
  if (header.name == "content-length") return JudgeLength(header, seen);
  if (header.name == "transfer-encoding") return JudgeCoding(head, header, seen);
  if (header.name == "expect") return JudgeExpectation(head, header);
  return kPass;
}

}  // namespace

int JudgeHead(const Request& head, absl::string_view target, const Limits& limits) {
  if (target.size() > limits.target) return 414;
  if (head.headers.size() > limits.headers) return 431;
  Seen seen;
  for (const Header& header : head.headers) {
    if (const int status = JudgeHeader(head, header, seen); status != kPass) return status;
  }
  if (head.http11 && seen.host == 0) return 400;
  if (seen.content_length > 0 && seen.transfer_encoding > 0) return 400;
  if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) return 501;
  return JudgeTarget(head, target);
}

void ApplyTarget(absl::string_view target, Request& head) {
  if (!absl::StartsWith(target, "/") && target != "*") {
    const AbsoluteTarget absolute = SplitAbsolute(target);
    for (Header& header : head.headers) {
      if (header.name == "host") header.value = std::string(absolute.authority);
    }
    target = absolute.rest;
  }
  const size_t mark = std::min(target.find('?'), target.size());
  head.path = mark == 0 ? "/" : std::string(target.substr(0, mark));
  head.query = mark == target.size() ? "" : std::string(target.substr(mark + 1));
}

bool ExpectsContinue(const Request& head) { return head.http11 && head.Count("expect") > 0; }

}  // namespace bitrade::gateway::http
