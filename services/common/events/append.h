// What a change tells other services: a row in the transaction of the change.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::events {

// Ids, states and dates; never personal data.
struct NewEvent {
  std::string aggregate;     // "appointment"
  std::string aggregate_id;  // UUID
  int64_t version = 0;       // of the aggregate after the change
  std::string kind;          // what happened, in the past tense: "APPOINTED"
  absl::Time time;
  std::string actor;              // a person's id, or the name of a case system or process
  std::string on_behalf_of = {};  // the counsel for whom a delegate acted
  std::map<std::string, std::string> data;
};

// Inserts `event`. Call it after the locks of what changes are held: then the order of rows follows
// causality.
void Append(postgres::Transaction& tx, const NewEvent& event);

}  // namespace bitrade::events
