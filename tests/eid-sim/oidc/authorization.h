// One log-in at the provider: from the request to the access token.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/eid-sim/oidc/authorization_request.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim::oidc {

constexpr absl::Duration kRequestLife = absl::Minutes(10);
constexpr absl::Duration kCodeLife = absl::Minutes(1);
constexpr absl::Duration kAccessLife = absl::Minutes(5);
constexpr absl::Duration kKept = absl::Hours(1);  // as long as a session here may last

enum class AuthorizationState { kOpen, kApproved, kDenied, kRedeemed };

// "open", "approved", "denied", "redeemed".
absl::string_view NameOf(AuthorizationState state);

// Who logs in and how; `fault` is "where.what" or empty.
struct Approval {
  Person person;
  std::string acr;
  std::string fault;
};

struct Denial {
  std::string error;
  std::string fault;
};

// Instants beside auth_time are of the provider's clock, which tests may advance.
struct Authorization {
  std::string id;
  AuthorizationRequest request;
  absl::Time create_time;
  AuthorizationState state = AuthorizationState::kOpen;
  Approval approval;
  absl::Time auth_time;
  std::string redirect_url;  // where the browser goes once it is decided
  std::string sid;
  std::string code;
  absl::Time code_expiry;
  std::string access_token;  // empty again when the code is shown twice
  absl::Time access_expiry;
  bool logged_out = false;
};

// Turns "loa2", "loa3", "loa4", "uncertified-loa2" and "uncertified-loa3" into the level's URI; any
// other text is one already.
std::string AcrOf(absl::string_view name);

// The provider's name of a person, which is not their number.
std::string SubjectOf(const Person& person);

}  // namespace bitrade::eidsim::oidc
