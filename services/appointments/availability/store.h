// Keeps what is known of counsel who may be appointed: the register's facts, the counsel's own word
// on new appointments, the agency's limit.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "services/appointments/domain/availability.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

class AvailabilityStore {
 public:
  // Returns the availability of the counsel as whom `reader` acts; unset when registry has not told
  // of her, and for a delegate whom the projection does not let in.
  std::optional<Availability> Find(postgres::Transaction& tx, const access::Reader& reader);

  // The same, and locks the counsel.
  std::optional<Availability> Lock(postgres::Transaction& tx, const access::Reader& reader);

  // Stores status, version and time of change. Precondition: the counsel is locked.
  void Update(postgres::Transaction& tx, const Availability& availability);

  // Stores what registry says of a counsel unless something newer is stored, and locks the counsel.
  void Learn(postgres::Transaction& tx, const CounselId& counsel, const RegisterFacts& facts,
             absl::Time now);

  // Returns what registry said last of a counsel. Precondition: it is stored.
  RegisterFacts FactsOf(postgres::Transaction& tx, const CounselId& counsel);

  // Makes whatever registry says next of anybody newer than what is stored.
  void AwaitRegister(postgres::Transaction& tx);

  // Returns what counts when a counsel is to be appointed. Appointments whose sight has ended by
  // `now` take no place. Precondition: the counsel was locked by an earlier statement, so that
  // nobody else's appointment is missed.
  Candidate CandidateOf(postgres::Transaction& tx, const CounselId& counsel, absl::Time now);
};

}  // namespace bitrade::appointments
