#include "services/common/postgres/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "services/common/error/error.h"

namespace bitrade::postgres {
namespace {

constexpr absl::Duration kFirstBackOff = absl::Milliseconds(20);
constexpr absl::Duration kLongestBackOff = absl::Milliseconds(500);

int64_t SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// A server that ended the session has closed its socket, with or without an ErrorResponse ('E')
// before: seen here, the next statement runs on a fresh session.
bool PeerHasClosed(int socket) {
  char byte = 0;
  const ssize_t got = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got == 1 && byte == 'E');
}

}  // namespace

int Connection::socket() const { return session_ == nullptr ? -1 : session_->sock(); }

absl::Status Connection::Ensure() {
  if (session_ != nullptr && !PeerHasClosed(session_->sock())) return absl::OkStatus();
  Drop();
  if (SteadyNow() < not_before_ns_) return Refuse(kUnavailable);
  try {
    session_ = std::make_unique<pqxx::connection>(absl::StrCat(conninfo_, " connect_timeout=2"));
    pqxx::nontransaction(*session_).exec("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'");
    back_off_ = absl::ZeroDuration();
    return absl::OkStatus();
  } catch (const std::exception& error) {
    session_.reset();
    back_off_ = std::clamp(back_off_ * 2, kFirstBackOff, kLongestBackOff);
    not_before_ns_ = SteadyNow() + absl::ToInt64Nanoseconds(back_off_);
    const absl::Status refused = Refuse(kUnavailable);
    return WithDetails(absl::UnavailableError(error.what()), DetailsOf(refused));
  }
}

void Connection::Drop() {
  session_.reset();
  prepared_.clear();
}

}  // namespace bitrade::postgres
