// All log-ins at the provider, under one lock and one movable clock.
//
// Refusals that a relying party hears are those of oauth_error.h; those that a test hears are
// NOT_FOUND and FAILED_PRECONDITION.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/oidc/authorization.h"

namespace bitrade::eidsim::oidc {

// What a relying party shows at the token endpoint beside its assertion.
struct Redemption {
  std::string client_id;
  std::string code;
  std::string redirect_uri;
  std::string code_verifier;
};

// Thread-safe.
class Authorizations {
 public:
  explicit Authorizations(const Clock& clock) : clock_(clock) {}

  Authorization Create(const AuthorizationRequest& request);

  // The newest first.
  std::vector<Authorization> Known();
  absl::StatusOr<Authorization> Find(absl::string_view id);

  // Decides an open request; a level that is not among the essential ones ends as
  // unmet_authentication_requirements.
  absl::StatusOr<Authorization> Approve(absl::string_view id, const Approval& approval);
  absl::StatusOr<Authorization> Deny(absl::string_view id, const Denial& denial);

  // Takes a code, once. Shown again it takes the access token away.
  absl::StatusOr<Authorization> Redeem(const Redemption& redemption);

  absl::StatusOr<Authorization> ByAccessToken(absl::string_view token);

  // Ends a person's sessions and returns them.
  std::vector<Authorization> LogOut(absl::string_view personal_number);
  void LogOutOne(absl::string_view sid);

  void AdvanceClock(absl::Duration step);

  // The time that relying parties have as well.
  absl::Time SharedTime() const { return clock_.TimeNow(); }

 private:
  absl::Time Present() const { return clock_.TimeNow() + offset_; }
  absl::StatusOr<Authorization*> Open(absl::string_view id);
  Authorization* Search(const std::function<bool(const Authorization&)>& wanted);
  void Refresh();

  const Clock& clock_;
  std::mutex mutex_;
  absl::Duration offset_;
  std::map<std::string, Authorization, std::less<>> known_;  // by id
};

}  // namespace bitrade::eidsim::oidc
