// Log-ins on the wire.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "services/identity/domain/login.h"
#include "services/identity/logins/store.h"

namespace bitrade::identity {

// How a browser wants to log in.
struct Wish {
  Method method;
  Start start;
  Purpose purpose;
  LoginBrowser browser;  // without a nonce
  std::string user_agent;
  std::string device_identifier;
  std::string return_page;
};

// The order that BankID has given, or why it has given none, and what the order's return address
// has as nonce; "" without one.
struct BegunLogin {
  absl::StatusOr<BankIdOrder> order;
  std::string nonce;
};

// What a browser shows or opens in this second; both may be empty.
struct Opening {
  std::string qr;
  std::string launch_url;
};

// Reads a wish. Errors: INVALID_REQUEST with every fault, LOGIN_METHOD_UNAVAILABLE.
absl::StatusOr<Wish> FromProto(const v1::StartLoginRequest& request);

// Returns a log-in as it is at `now`, with what opens the app.
v1::Login ToProto(const Login& login, const Opening& opening, absl::Time now);

}  // namespace bitrade::identity
