// What travels on with a call to another process: for logs and audit, never a user's authority.
#pragma once

#include <chrono>
#include <string>

namespace bitrade::rpc {

struct Outgoing {
  std::string request_id;
  std::string traceparent;
  std::string person;  // on whose behalf, for the audit trail alone
  // Whom that person acts as: for what a use case gathers. Does not travel.
  std::string acting_for;
  // When the caller stops waiting. A neighbour gets the shorter of this and its own limit.
  std::chrono::system_clock::time_point deadline = std::chrono::system_clock::time_point::max();
};

}  // namespace bitrade::rpc
