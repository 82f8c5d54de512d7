#include "gateway/pipeline/standard_headers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {
namespace {

const std::vector<http::Header>& SecurityHeaders() {
  static const auto& headers = *new std::vector<http::Header>{
      {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};
  return headers;
}

// What holds unless the answer says otherwise itself.
constexpr std::pair<const char*, const char*> kUnlessSaid[] = {
    {"Cache-Control", "private, no-store"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};

bool Has(const std::vector<http::Header>& headers, absl::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [name](const http::Header& header) { return header.name == name; });
}

}  // namespace

void AddStandardHeaders(const std::string& request_id, const std::string& traceparent,
                        std::vector<http::Header>& headers) {
  const std::vector<http::Header>& security = SecurityHeaders();
  headers.reserve(headers.size() + security.size() + 4);
  for (const auto& [name, value] : kUnlessSaid) {
    if (!Has(headers, name)) headers.push_back({name, value});
  }
  headers.push_back({"X-Request-Id", request_id});
  headers.push_back({"traceparent", traceparent});
  headers.insert(headers.end(), security.begin(), security.end());
}

}  // namespace bitrade::gateway
