// Refusals that wait for the audit trail. Bounded, whatever a client does: equal refusals of one
// session are one row, and a session has so many rows a minute.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "bitrade/identity/v1/refusal_service.pb.h"

namespace bitrade::gateway {

struct RefusalBounds {
  size_t most = 500;            // rows that wait
  int rows_of_minute = 30;      // of one session; of all browsers together that have none
  size_t most_sessions = 5000;  // that are counted in a minute
};

// Not thread-safe.
class RefusalQueue {
 public:
  explicit RefusalQueue(RefusalBounds bounds = {}) : bounds_(bounds) {}

  // Takes a refusal in: as a row of its own, into the row of an equal one that waits (the same
  // session, RPC, reason and address), or, where its session has had its rows of this minute, into
  // one row for all the rest of it. Returns false where there is no room.
  bool Add(const identity::v1::Refusal& refusal);

  // Takes out what may be told at `now`, in the order in which it came: the rest of a minute when
  // that is over. InfiniteFuture: everything.
  std::vector<identity::v1::Refusal> Take(absl::Time now);

  // How many rows wait.
  size_t size() const { return rows_.size() + rests_.size(); }

 private:
  using Rows = absl::flat_hash_map<std::string, identity::v1::Refusal>;

  void Turn(absl::Time now);
  int* SpentBy(const std::string& session);
  bool AddRest(const identity::v1::Refusal& refusal);

  const RefusalBounds bounds_;
  int64_t minute_ = 0;
  std::vector<identity::v1::Refusal> rows_;
  absl::flat_hash_map<std::string, size_t> places_;  // in `rows_`, by what makes them equal
  absl::flat_hash_map<std::string, int> spent_;      // rows of this minute, by session
  Rows rests_;                                       // by session
};

}  // namespace bitrade::gateway
