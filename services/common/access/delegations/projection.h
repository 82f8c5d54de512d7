// What a delegate's access rests on, as this service last heard it from registry: kept by its
// events, read in one statement with whatever is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/error/error.h"
#include "services/common/postgres/transaction.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::events::v1 {
class Event;
}

namespace bitrade::access {

// Facts of one delegation; of a greater version are newer.
struct DelegationFacts {
  std::string delegation_id;
  std::string principal_id;  // the counsel
  std::string delegate_id;   // the person who acts
  std::vector<std::string> scopes;
  absl::Time valid_from;
  absl::Time valid_until;
  bool active = false;  // signed, accepted and not revoked; the clock alone may have ended it
  int64_t version = 0;
};

// How a delegation's facts travel in an event's data; nullopt for an event of something else.
std::optional<DelegationFacts> DelegationFactsOf(const events::v1::Event& event);

// Stores facts unless newer ones are stored.
void Store(postgres::Transaction& tx, const DelegationFacts& facts);

// Applies an event of registry. Events of other aggregates say nothing here.
absl::Status ApplyDelegation(postgres::Transaction& tx, const events::v1::Event& event);

// Forgets everything, before a snapshot.
void ResetDelegations(postgres::Transaction& tx);

// Who reads, and when: what every statement checks that answers a counsel or her delegate.
struct Reader {
  std::string counsel_id;  // for whom the caller acts
  absl::Time now;
  bool asked =
      false;  // the owners of the facts were asked in this call: they count whatever their age
  std::optional<std::string> delegate_id = {};  // unset for the counsel herself
  std::string scope;                            // what a delegate must be allowed
};

// Returns who reads in this call.
Reader ReaderOf(const rpc::Reading& reading);

// Runs a statement whose $1 is `id`, whose $2 to $6 are `reader` (counsel, instant, asked,
// delegate, scope) and whose $7 and on are `rest`.
template <typename... Rest>
pqxx::result ExecAs(const Reader& reader, postgres::Transaction& tx,
                    const postgres::Statement& statement, const std::string& id,
                    const Rest&... rest) {
  return tx.Exec(statement, id, reader.counsel_id, postgres::TimeParam(reader.now), reader.asked,
                 reader.delegate_id, reader.scope, rest...);
}

// `subject` was not seen by a statement that a reader was put to: its owner is asked once, and
// registry with it where the reader is a delegate; then there is nothing to see. An empty subject
// has no owner to ask.
//
// Errors: `refusal` when they were asked already, or there is nobody to ask.
absl::Status NotSeenAs(const rpc::Reading& reading, const std::string& subject,
                       const Reason& refusal);

// What the owners are to be asked, of a key that NotSeenAs made.
struct Question {
  std::string subject;
  std::string principal_id;  // empty where no delegate asks
  std::string delegate_id;
};
Question QuestionOf(const std::string& key);

// The part of a condition that says: the counsel herself, or a delegate with the scope. Facts older
// than five seconds count as unknown.
#define BITRADE_DELEGATED                                                             \
  "EXISTS (SELECT 1 FROM access_delegation g WHERE g.delegate_id = $5::uuid "         \
  "AND g.principal_id = $2::uuid AND g.active AND $6::text = ANY (g.scopes) "         \
  "AND g.valid_from <= $3::timestamptz AND g.valid_until > $3::timestamptz) "         \
  "AND ($4::boolean OR EXISTS (SELECT 1 FROM consumer c WHERE c.source = 'registry' " \
  "AND c.fresh_time > $3::timestamptz - interval '5 seconds'))"
#define BITRADE_COUNSEL_OR_DELEGATE "($5::uuid IS NULL OR " BITRADE_DELEGATED ")"

}  // namespace bitrade::access
