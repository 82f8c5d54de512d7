#include "services/common/postgres/error_map.h"

#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/error/error.h"

namespace bitrade::postgres {
namespace {

// A status with a common reason and the database's own sentence, for the log.
absl::Status Said(const Reason& reason, absl::string_view message) {
  const absl::Status refused = Refuse(reason);
  return WithDetails(absl::Status(refused.code(), message), DetailsOf(refused));
}

bool IsLost(absl::string_view state) {
  return absl::StartsWith(state, "08") || state == "25006" || state == "57P01" ||
         state == "57P02" || state == "57P03";
}

}  // namespace

Failure FailureOfState(absl::string_view state, absl::string_view message) {
  if (IsLost(state)) return {Said(kUnavailable, message), true, true};
  if (state == "40001" || state == "40P01") return {Said(kConflictRetry, message), false, true};
  if (state == "53300") return {Said(kUnavailable, message), true, false};
  if (state == "57014" || state == "55P03") return {Said(kDeadlineExceeded, message), false, false};
  if (state == "23505") return {absl::AlreadyExistsError(message), false, false};
  if (state == "23503" || state == "23514" || state == "23P01") {
    return {absl::FailedPreconditionError(message), false, false};
  }
  return {absl::InternalError(absl::StrCat("SQLSTATE ", state, ": ", message)), false, false};
}

Failure FailureOf(const std::exception& error) {
  if (dynamic_cast<const pqxx::in_doubt_error*>(&error) != nullptr) {
    return {Said(kUnavailable, error.what()), true, false};  // a commit whose answer was lost
  }
  if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr) {
    return {Said(kUnavailable, error.what()), true, true};
  }
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error)) {
    // libpqxx 6.4 reports a connection that died under a statement as an error without a state.
    if (sql->sqlstate().empty()) return {Said(kUnavailable, error.what()), true, true};
    return FailureOfState(sql->sqlstate(), error.what());
  }
  return {absl::InternalError(error.what()), false, false};
}

}  // namespace bitrade::postgres
