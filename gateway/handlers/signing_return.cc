#include "gateway/handlers/signing_return.h"

#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bitrade/gateway/v1/signature_return_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/return_pages.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kCallTime{900};

// What identity does not know as its own is told to the page, and leads nowhere else.
void GoOn(const ExchangePtr& exchange, const std::string& page, const std::string& signature,
          const absl::Status& known) {
  if (known.ok()) return exchange->GoTo(absl::StrCat(page, "#signature=", signature));
  if (IsPassing(known)) {
    exchange->AddHeader("Refresh", "2");
    return exchange->Refuse(known);
  }
  exchange->GoTo(absl::StrCat(page, "#reason=", ReasonOf(known)));
}

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
              GoOn(exchange, pages.Choose(""), signature, known.status());
            });
      });
}

}  // namespace bitrade::gateway
