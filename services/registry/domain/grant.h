// What a counsel can let somebody else do in the service for her, and for how long.
//
// Source: förvaltningslagen (2017:900) 14 §; rättshjälpslagen (1996:1619) 26 §. See
// docs/legal-sources.md (delegates).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"
#include "services/registry/domain/counsel.h"

namespace bitrade::registry {

// The id that identity gave whoever is, or may become, a delegate.
using PersonId = Id<struct PersonTag>;

// Whole Swedish days, both included.
struct Period {
  absl::CivilDay from;
  absl::CivilDay to;

  absl::Time begin() const;
  absl::Time end() const;
};

// What the counsel hands over when she says nothing else.
inline constexpr char kDefaultScope[] = "availability:write";
// At most so many persons have a delegation of one counsel that is open: draft, invited or active.
inline constexpr int kMostDelegates = 10;

extern const Reason kScopeNotDelegable;
extern const Reason kDelegateIsPrincipal;
extern const Reason kTooManyDelegates;

// What can be handed over, sorted.
const std::vector<std::string>& DelegableScopes();

// Returns `scopes` sorted, or the default for none.
//
// Errors: SCOPE_NOT_DELEGABLE for what no counsel can hand over: filing, the payout account,
// delegating, sessions, the register's data. INVALID_REQUEST for an unknown scope and one named
// twice.
absl::StatusOr<std::vector<std::string>> CheckScopes(std::vector<std::string> scopes);

// Returns the days of a delegation that is made on `today`: from today unless said otherwise, for
// six months unless said otherwise.
//
// Errors: INVALID_REQUEST for a period that begins before today, ends before it begins, or ends
// later than twelve months from today.
absl::StatusOr<Period> CheckPeriod(std::optional<absl::CivilDay> from,
                                   std::optional<absl::CivilDay> to, absl::CivilDay today);

// Refuses a counsel who invites herself, and more than kMostDelegates. `others` are the persons who
// have an open delegation of the counsel already, whoever is invited now apart.
//
// Errors: DELEGATE_IS_PRINCIPAL, TOO_MANY_DELEGATES.
absl::Status CheckInvitation(const CounselId& principal, const PersonId& delegate, int others);

}  // namespace bitrade::registry
