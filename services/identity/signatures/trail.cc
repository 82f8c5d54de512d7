#include "services/identity/signatures/trail.h"

#include <string>
#include <utility>

#include "services/common/audit/append.h"
#include "services/identity/logins/trail.h"

namespace bitrade::identity {
namespace {

std::string OutcomeOf(const Signature& signature) {
  if (signature.state == SignatureState::kCancelled) return std::string(Name(signature.state));
  return signature.reason.empty() ? "OK" : signature.reason;
}

}  // namespace

void WriteEnd(postgres::Transaction& tx, const Signature& signature, absl::string_view how,
              audit::Circumstances around, absl::Time now) {
  around.Set(audit::Circumstance::kPurpose, Name(signature.purpose));
  around.Set(ProofKind(signature.method), signature.certificate_policy);
  audit::Append(tx,
                {{.time = now,
                  .rpc = std::string(how),
                  .actor_kind = "SERVICE",
                  .actor = "identity",
                  .ground = "SERVICE",
                  .outcome = OutcomeOf(signature),
                  .method = std::string(Name(signature.method)),
                  .object_ids = {signature.id.text(), signature.person.text(), signature.resource},
                  .circumstances = std::move(around)}});
}

}  // namespace bitrade::identity
