// What the gateway refused by itself, as rows of the audit trail.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::identity {

// One refusal, or `count` that are alike. Texts that do not apply are empty.
struct Refusal {
  absl::Time time;     // of the first
  std::string rpc;     // what was asked
  std::string route;   // the same as the contract of HTTP writes it
  std::string reason;  // its name
  std::string person;  // empty: a browser without a session
  std::string acting_for;
  std::string session;
  std::string method;  // how the person had logged in
  std::string request_id;
  std::string address;
  std::vector<std::string> object_ids;  // UUIDs
  int count = 1;
  std::string why;  // beside the reason
};

// Appends a row for each of `refusals`, in their order.
void AppendRefusals(postgres::Transaction& tx, const std::vector<Refusal>& refusals);

}  // namespace bitrade::identity
