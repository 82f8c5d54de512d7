// What the provider's answer means for a log-in.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/id_source.h"
#include "services/identity/logins/store.h"
#include "services/identity/oidc/provider.h"
#include "services/identity/oidc_logins/store.h"
#include "services/identity/persons/store.h"

namespace bitrade::identity {

// Thread-safe.
class OidcLoginEnds {
 public:
  // What the ends are made of; all must outlive them.
  struct Parts {
    LoginStore& logins;
    OidcLoginStore& oidc_logins;
    PersonStore& persons;
    IdSource& ids;
  };

  OidcLoginEnds(const Parts& parts, std::string issuer)
      : parts_(parts), issuer_(std::move(issuer)) {}

  // Ends a log-in whose browser has come back: COMPLETE with the person, or FAILED for `answer`'s
  // reason. One that has ended meanwhile stays as it is. Returns it as stored.
  absl::StatusOr<Login> End(postgres::Transaction& tx, const LoginId& id,
                            const absl::StatusOr<oidc::ProvedPerson>& answer, absl::Time now);

  // How many answers were not believed, since the start; for metrics.
  int64_t refused() const { return refused_; }

 private:
  absl::StatusOr<Login> Completed(postgres::Transaction& tx, const Login& pending,
                                  const oidc::ProvedPerson& proved, absl::Time now);
  absl::StatusOr<Login> Failed(postgres::Transaction& tx, const Login& pending,
                               const absl::Status& refusal);

  const Parts parts_;
  const std::string issuer_;
  std::atomic<int64_t> refused_ = 0;
};

}  // namespace bitrade::identity
