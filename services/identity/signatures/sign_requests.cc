#include "services/identity/signatures/sign_requests.h"

#include <optional>

#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/identity/domain/bankid_launch.h"
#include "services/identity/domain/certificate_policies.h"

namespace bitrade::identity {

absl::StatusOr<SignRequest> SignRequests::Of(postgres::Transaction& tx, const TakenOrder& taken) {
  const auto id = SignatureId::Trusted(taken.subject.id());
  const std::optional<Signature> signature = signatures_.Find(tx, id);
  if (!signature) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(std::optional<ToSign> to_sign, signatures_.FindToSign(tx, id));
  ASSIGN_OR_RETURN(std::optional<std::string> number, persons_.NumberOf(tx, signature->person));
  if (!to_sign || !number) return Refuse(kNotFound);
  const bool returns = NeedsReturn(signature->start);
  return SignRequest{
      .order = {.end_user_ip = std::move(to_sign->address),
                .certificate_policies = CertificatePolicies(taken.method, terms_.policies),
                .visible_text = std::move(to_sign->visible_text),
                .return_url = returns ? SignatureReturnUrl(terms_.public_base, id,
                                                           signatures_.ReturnNonce(id))
                                      : "",
                .referring_domain = terms_.referring_domain,
                .user_agent = std::move(to_sign->user_agent),
                .device_identifier = std::move(to_sign->device_identifier)},
      .personal_number = *std::move(number),
      .hidden_data = std::move(to_sign->manifest)};
}

}  // namespace bitrade::identity
