#include "gateway/pipeline/browser_context.h"

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"

namespace bitrade::gateway {

std::string BrowserContextOf(const Exchange& exchange) {
  const http::Request& request = exchange.request();
  return crypto::Sha256(absl::StrCat(request.peer_address, "\n", request.Find("user-agent")));
}

bool IsOwnContext(const Exchange& exchange) {
  const std::string& context = exchange.session.context();
  return context.empty() || context == BrowserContextOf(exchange);
}

}  // namespace bitrade::gateway
