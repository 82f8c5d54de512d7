#include "gateway/pipeline/standard_headers.h"

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

}  // namespace

void AddStandardHeaders(const std::string& request_id, const std::string& traceparent,
                        std::vector<http::Header>& headers) {
  const std::vector<http::Header>& security = SecurityHeaders();
  headers.reserve(headers.size() + security.size() + 3);
  headers.push_back({"X-Request-Id", request_id});
  headers.push_back({"traceparent", traceparent});
  headers.insert(headers.end(), security.begin(), security.end());
}

}  // namespace bitrade::gateway
