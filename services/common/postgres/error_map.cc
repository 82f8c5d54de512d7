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

// Read-only, shutting down, or ended by a time-out of its own.
bool IsLost(absl::string_view state) {
  return absl::StartsWith(state, "08") || absl::StartsWith(state, "57P0") || state == "25006" ||
         state == "25P03";
}

// PostgreSQL's further lines quote rows and keys ("Failing row contains (…)"), and the first line
// of a data exception (class 22) quotes the value: none of that may reach a log.
std::string WithoutValues(absl::string_view state, absl::string_view message) {
  const absl::string_view first = absl::StartsWith(state, "22")
                                      ? "a value does not fit its type"
                                      : message.substr(0, message.find('\n'));
  return absl::StrCat("SQLSTATE ", state, ": ", first);
}

}  // namespace

Failure FailureOfState(absl::string_view state, absl::string_view said) {
  const std::string message = WithoutValues(state, said);
  if (IsLost(state)) return {Said(kUnavailable, message), true, true};
  if (state == "40001" || state == "40P01") return {Said(kConflictRetry, message), false, true};
  // Out of connections, memory or disk.
  if (absl::StartsWith(state, "53")) return {Said(kUnavailable, message), state == "53300", false};
  if (state == "57014" || state == "55P03") return {Said(kDeadlineExceeded, message), false, false};
  if (state == "23505") return {absl::AlreadyExistsError(message), false, false};
  if (state == "23503" || state == "23514" || state == "23P01") {
    return {absl::FailedPreconditionError(message), false, false};
  }
  return {absl::InternalError(message), false, false};
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
  // What libpqxx says of a value that does not convert quotes it.
  if (dynamic_cast<const pqxx::conversion_error*>(&error) != nullptr) {
    return {absl::InternalError("a column is not of the type that it is read as"), false, false};
  }
  return {absl::InternalError(error.what()), false, false};
}

}  // namespace bitrade::postgres
