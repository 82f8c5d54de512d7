// What PostgreSQL refuses, as statuses: one of the three places where exceptions end.
#pragma once

#include <exception>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bitrade::postgres {

// What to do with the session after an error.
struct Failure {
  absl::Status status;
  bool broken = false;  // the session is lost or useless (read-only, shutting down): connect again
  bool retryable = false;  // nothing was committed, and the same work may succeed if it runs again
};

// Translates an exception that libpqxx threw. The status' message, which rpc logs and never sends,
// is the SQLSTATE and the database's first line; rows, keys and values that it quotes are left out.
Failure FailureOf(const std::exception& error);

// Translates an SQLSTATE of five characters.
Failure FailureOfState(absl::string_view sqlstate, absl::string_view message);

}  // namespace bitrade::postgres
