// A delegation that holds, for tests of services that ask registry about it.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/testing/database.h"
#include "services/registry/delegations/store.h"

namespace bitrade::registry::testing {

// Who lets whom do what.
struct Leave {
  std::string principal_id;
  std::string delegate_id;
  std::vector<std::string> scopes;
};

// Stores `leave` in registry's `database`, signed and accepted, for half a year from `now`.
inline void LetDelegate(bitrade::testing::Database& database, DelegationStore& store,
                        const Leave& leave, absl::Time now) {
  const absl::CivilDay today = SwedishDay(now);
  Delegation delegation{.id = DelegationId::Trusted("00000000-0000-7000-b000-000000000001"),
                        .principal = CounselId::Trusted(leave.principal_id),
                        .delegate = PersonId::Trusted(leave.delegate_id),
                        .name = "Disa Testsson",
                        .scopes = leave.scopes,
                        .period = {today, today + 180},
                        .lapse_time = LapseTimeFrom(now),
                        .signing = std::nullopt,
                        .accept_time = std::nullopt,
                        .terms_version = std::nullopt,
                        .create_time = now,
                        .update_time = now};
  const absl::Status stored =
      database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
        store.Insert(tx, delegation);
        const Signing signing{
            .kind = SigningKind::kConfirmation, .signature = std::nullopt, .time = now};
        RETURN_IF_ERROR(FileDelegation(delegation, signing, now));
        RETURN_IF_ERROR(AcceptDelegation(delegation, /*terms_version=*/1, now));
        store.Update(tx, delegation);
        return absl::OkStatus();
      });
  if (!stored.ok()) throw std::runtime_error(stored.ToString());
}

}  // namespace bitrade::registry::testing
