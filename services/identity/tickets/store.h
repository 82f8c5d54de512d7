// Knows which sessions were ended, one by one or all of a person at once.
#pragma once

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// A session and whose it is.
struct OwnedSession {
  PersonId person;
  SessionId session;
};

class RevocationStore {
 public:
  // Returns the instant up to which sessions that began then or before have ended, as it concerns
  // `one`: the person's revocation epoch, absl::InfinitePast() without one, and
  // absl::InfiniteFuture() when the session itself was ended.
  absl::Time EpochFor(postgres::Transaction& tx, const OwnedSession& one);

  // Ends one session. One that is ended already stays as it is.
  void End(postgres::Transaction& tx, const OwnedSession& one, absl::Time now);

  // Ends every session of the person that began at `epoch` or before. An epoch never goes back.
  void EndAll(postgres::Transaction& tx, const PersonId& person, absl::Time epoch);
};

}  // namespace bitrade::identity
