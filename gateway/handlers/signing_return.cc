#include "gateway/handlers/signing_return.h"

#include <chrono>
#include <string>
#include <utility>

#include "bitrade/gateway/v1/signature_return_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/logins/return_pages.h"
#include "gateway/logins/signature_page.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kCallTime{900};

}  // namespace

void AddSigningReturn(IdentityClient& identity, const ReturnPages& pages, Handlers& handlers) {
  handlers.Add<v1::ReturnFromSigningRequest>(
      [&identity, &pages](const ExchangePtr& exchange,
                          const v1::ReturnFromSigningRequest& request) {
        identity::v1::ReturnSignatureRequest asked;
        asked.set_id(request.signature());
        asked.set_nonce(request.nonce());
        identity.ReturnSignature(
            exchange->OutgoingFor(kCallTime), std::move(asked),
            [exchange, &pages, signature = request.signature()](
                const absl::StatusOr<identity::v1::ReturnSignatureResponse>& known) {
              GoOnWithSignature(exchange, pages.Choose(""), signature, known.status());
            });
      });
}

}  // namespace bitrade::gateway
