// Knows which sessions were ended, one by one or all of a person at once, and which went on under
// another token.
#pragma once

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/ticket.h"

namespace bitrade::identity {

// A session and whose it is.
struct OwnedSession {
  PersonId person;
  SessionId session;
};

class RevocationStore {
 public:
  // Returns what concerns `one`; the epoch is absl::InfiniteFuture() when the session itself was
  // ended.
  Revocation Find(postgres::Transaction& tx, const OwnedSession& one);

  // Ends one session. One that is ended already stays as it is.
  void End(postgres::Transaction& tx, const OwnedSession& one, absl::Time now);

  // Lets a session go on: tickets that were given before `rotate_time` are old from now on.
  void Rotate(postgres::Transaction& tx, const OwnedSession& one, absl::Time rotate_time);

  // Ends every session of the person that began at `epoch` or before. An epoch never goes back.
  // Tells whether there is such a person.
  bool EndAll(postgres::Transaction& tx, const PersonId& person, absl::Time epoch);
};

}  // namespace bitrade::identity
