// Sessions in Redis: one row each under the hash of its token, sealed with the gateway's key for
// exactly that place; and an index of each person's. Whoever writes to Redis can end a session and
// nothing more.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bitrade/gateway/v1/stored_session.pb.h"

namespace bitrade {
class Clock;
namespace crypto {
class Keyring;
}
namespace redis {
class Pipeline;
class Reply;
}  // namespace redis
}  // namespace bitrade

namespace bitrade::gateway {

struct SessionTimes {
  absl::Duration idle = absl::Minutes(30);   // without a request
  absl::Duration absolute = absl::Hours(8);  // whatever happens
  int most = 3;                              // of one person; of more, the oldest ends
};

// Thread-safe. Every `done` is called once, from the thread of Redis, and must not block.
class SessionStore {
 public:
  SessionStore(redis::Pipeline& redis, const crypto::Keyring& keyring, const Clock& clock,
               SessionTimes times)
      : redis_(redis), keyring_(keyring), clock_(clock), times_(times) {}

  const SessionTimes& times() const { return times_; }

  // Keeps a session under `key` (SessionKeyOf), a new one or another row of one that was kept, and
  // ends the person's oldest ones when there are too many: those are given to `done`, and the new
  // one tells how many. Errors: UNAVAILABLE.
  using Ended = absl::StatusOr<std::vector<v1::StoredSession>>;
  void Create(const std::string& key, v1::StoredSession session, std::function<void(Ended)> done);

  // Reads the session into `session`, which must live until `done`, and prolongs its idle time: one
  // command. Errors: SESSION_REQUIRED when there is none, it has ended, or the row is not ours;
  // UNAVAILABLE.
  void Find(const std::string& key, v1::StoredSession& session,
            std::function<void(absl::Status)> done);

  // The same, and prolongs nothing.
  void Look(const std::string& key, v1::StoredSession& session,
            std::function<void(absl::Status)> done);

  // Writes a session that has a new ticket, unless it was ended or goes on elsewhere.
  void Replace(const std::string& key, const v1::StoredSession& session);

  // Lets the session `old` under `key` go on as `next`, which names it, under `next_key`. What is
  // under way with the old token from the browser `context` ends as it began: for kOverlap the old
  // row stays, and no renewal prolongs it. Errors: SESSION_REQUIRED when it was ended,
  // CONFLICT_RETRY when it goes on elsewhere already; UNAVAILABLE.
  struct Rotation {
    std::string key;
    std::string next_key;
    v1::StoredSession old;
    v1::StoredSession next;
    std::string context;
  };
  static constexpr absl::Duration kOverlap = absl::Seconds(10);
  void Rotate(Rotation rotation, std::function<void(absl::Status)> done);

  // A session of a person, as another of hers sees it.
  struct Seen {
    std::string key;
    v1::StoredSession session;
    absl::Time last_use;  // to the second, by the clock of Redis
  };
  // Lists a person's sessions, the oldest first, and prolongs none. Errors: UNAVAILABLE.
  void List(const std::string& person_id,
            std::function<void(absl::StatusOr<std::vector<Seen>>)> done);

  // Ends a session under each of its tokens, also one that has ended. Errors: UNAVAILABLE.
  void End(const std::string& key, const v1::StoredSession& session,
           std::function<void(absl::Status)> done);

  // Ends a session that is renewed no more, unless it goes on elsewhere: then what is under way
  // under this token ends as it began.
  void Drop(const std::string& key, const v1::StoredSession& session);

  // Ends all sessions of a person. Errors: UNAVAILABLE.
  void EndAll(const std::string& person_id, std::function<void(absl::Status)> done);

  // Counts the rows that did not open: somebody else writes to Redis, or a key is gone.
  int64_t foreign_rows() const { return foreign_rows_; }

 private:
  void Get(const std::string& key, std::vector<std::string> command, v1::StoredSession& session,
           std::function<void(absl::Status)> done);
  absl::Status Read(const std::string& key, absl::string_view row, v1::StoredSession& session);
  std::vector<v1::StoredSession> ReadEnded(const std::string& person_id, const redis::Reply& rows);
  std::vector<Seen> ReadSeen(const std::string& person_id, const redis::Reply& rows);
  std::string Sealed(const v1::StoredSession& session, const std::string& key) const;
  std::string IdleSeconds() const;
  std::string IndexSeconds() const;

  redis::Pipeline& redis_;
  const crypto::Keyring& keyring_;
  const Clock& clock_;
  const SessionTimes times_;
  std::atomic<int64_t> foreign_rows_{0};
};

}  // namespace bitrade::gateway
