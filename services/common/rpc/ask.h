// "Ask the owner first": what a use case returns when its own projection says no, does not know, or
// is stale. The call then leaves the executor, asks the owner of the facts, stores what it learns
// and runs the use case once more.
#pragma once

#include <any>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/postgres/transaction.h"
#include "services/common/rpc/outgoing.h"

namespace bitrade::rpc {

// Not a refusal but a turn of the call; never leaves rpc.
absl::Status AskFirst(const std::string& key);

// Returns the key of AskFirst, "" for any other status.
std::string AskedKey(const absl::Status& status);

// How a process asks. `ask` is asynchronous and calls `done` once; NOT_FOUND is an answer like any
// other. `apply` stores what was learnt, in a transaction of its own.
struct Asker {
  std::function<void(const Outgoing&, const std::string& key,
                     std::function<void(absl::StatusOr<std::any>)> done)>
      ask;
  std::function<absl::Status(postgres::Transaction&, const std::any& learnt)> apply;
};

}  // namespace bitrade::rpc
