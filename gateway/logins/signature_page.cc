#include "gateway/logins/signature_page.h"

#include "absl/strings/str_cat.h"
#include "gateway/logins/login_entry.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {

void GoOnWithSignature(const ExchangePtr& exchange, const std::string& page,
                       const std::string& signature, const absl::Status& known) {
  if (known.ok()) return exchange->GoTo(absl::StrCat(page, "#signature=", signature));
  if (IsPassing(known)) {
    exchange->AddHeader("Refresh", "2");
    return exchange->Refuse(known);
  }
  exchange->GoTo(absl::StrCat(page, "#reason=", ReasonOf(known)));
}

}  // namespace bitrade::gateway
