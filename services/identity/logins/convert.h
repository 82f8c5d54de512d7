// Log-ins on the wire.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// How a browser wants to log in.
struct Wish {
  Method method;
  Start start;
  Purpose purpose;
  std::string secret_hash;  // SHA-256 of the log-in cookie
  std::string end_user_ip;
  std::string user_agent;
  std::string device_identifier;
};

// Reads a wish. Errors: INVALID_REQUEST with every fault, LOGIN_METHOD_UNAVAILABLE.
absl::StatusOr<Wish> FromProto(const v1::StartLoginRequest& request);

// Returns a log-in as it is at `now`, with the QR text of this second or "".
v1::Login ToProto(const Login& login, const std::string& qr, absl::Time now);

}  // namespace bitrade::identity
