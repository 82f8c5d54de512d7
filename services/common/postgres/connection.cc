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

// Our statements look up by index: planning one anew for each value costs several times its run.
constexpr char kSettings[] =
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET plan_cache_mode = 'force_generic_plan'";

int64_t SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// Before the connection's own settings, so that those win. A server that is gone without a word is
// given up by the kernel (on TCP; a Unix socket has no use for it).
constexpr char kDefaults[] =
    "connect_timeout=2 keepalives_idle=5 keepalives_interval=2 keepalives_count=3 "
    "tcp_user_timeout=10000 ";

// Nobody writes to an idle session but a server that ends it, be it in plain text or under TLS:
// seen here, the next statement runs on a fresh session.
bool IsStale(int socket) {
  char byte = 0;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

}  // namespace

int Connection::socket() const { return session_ == nullptr ? -1 : session_->sock(); }

absl::Status Connection::Ensure() {
  if (session_ != nullptr && !IsStale(session_->sock())) return absl::OkStatus();
  Drop();
  if (SteadyNow() < not_before_ns_) return Refuse(kUnavailable);
  try {
    session_ = std::make_unique<pqxx::connection>(absl::StrCat(kDefaults, conninfo_));
    pqxx::nontransaction(*session_).exec(kSettings);
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
