// Keeps decisions and the facts that are recorded of them.
#pragma once

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/appointments/domain/applicant.h"
#include "services/appointments/domain/decision.h"
#include "services/appointments/domain/visibility.h"
#include "services/common/access/reach.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

using access::Reach;

class DecisionStore {
 public:
  // Stores a new decision.
  void Insert(postgres::Transaction& tx, const Decision& decision, absl::Time now);

  // Returns a decision and locks its matter; nullopt where that is out of `reach` as well.
  std::optional<Decision> Lock(postgres::Transaction& tx, const DecisionId& id, const Reach& reach);

  // Stores the facts of a decision that Lock returned.
  void Update(postgres::Transaction& tx, const Decision& decision, absl::Time now);

  // Returns the decisions on `applicants` that the ends of an appointment of `counsel` follow: none
  // on the compensation of another.
  SightDecisions OnApplicants(postgres::Transaction& tx, const std::vector<Applicant>& applicants,
                              const CounselId& counsel);
};

}  // namespace bitrade::appointments
