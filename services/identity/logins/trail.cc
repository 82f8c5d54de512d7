#include "services/identity/logins/trail.h"

#include <string>
#include <utility>

#include "services/common/audit/append.h"

namespace bitrade::identity {

audit::Circumstance ProofKind(Method method) {
  return method == Method::kTelia ? audit::Circumstance::kAcr
                                  : audit::Circumstance::kCertificatePolicy;
}

void WriteEnd(postgres::Transaction& tx, const Login& login, absl::string_view how,
              audit::Circumstances around, absl::Time now) {
  around.Set(audit::Circumstance::kPurpose, Name(login.purpose));
  audit::Entry entry{.time = now,
                     .rpc = std::string(how),
                     .actor_kind = "SERVICE",
                     .actor = "identity",
                     .ground = "SERVICE",
                     .outcome = login.reason.empty() ? "OK" : login.reason,
                     .method = std::string(Name(login.method)),
                     .object_ids = {login.id.text()}};
  if (login.completion) {
    around.Set(ProofKind(login.method), login.completion->certificate_policy);
    entry.session_id = login.completion->session.text();
    entry.object_ids.push_back(login.completion->person.text());
  }
  entry.circumstances = std::move(around);
  audit::Append(tx, {entry});
}

}  // namespace bitrade::identity
