// Keeps conflicts of interest between applicants of a matter, and finds who is in one.
#pragma once

#include <optional>
#include <vector>

#include "services/appointments/domain/applicant.h"
#include "services/appointments/domain/conflict.h"
#include "services/common/access/reach.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

using access::Reach;

class ConflictStore {
 public:
  // Stores a conflict, or returns the one that is stored of the same two. Precondition: the matter
  // is locked.
  ConflictOfInterest Keep(postgres::Transaction& tx, const ConflictOfInterest& conflict);

  // Tells whether somebody who is appointed for `applicants` would then have been appointed for
  // both sides of a conflict. Precondition: their matter is locked.
  bool WouldArise(postgres::Transaction& tx, const CounselId& counsel,
                  const std::vector<Applicant>& applicants);

  // Returns a conflict of a matter within `reach`, and locks the matter.
  std::optional<ConflictOfInterest> Lock(postgres::Transaction& tx, const ConflictId& id,
                                         const Reach& reach);

  // Stores that a conflict is withdrawn. Precondition: the matter is locked.
  void Withdraw(postgres::Transaction& tx, const ConflictOfInterest& conflict);

  // Returns the appointments in force at `now` for a side of `conflict` whose counsel has been
  // appointed for the other as well. Precondition: the matter is locked.
  std::vector<AppointmentId> Affected(postgres::Transaction& tx, const ConflictOfInterest& conflict,
                                      absl::Time now);
};

}  // namespace bitrade::appointments
