// What claims take of a counsel's days, and where the same minutes are claimed more than once: of a
// time loss the very instants are known, of work the day and how long it took.
#pragma once

#include <map>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/cost_statement.h"

namespace bitrade::billing {

// What one claim takes of a Swedish day.
struct ClaimedDay {
  absl::CivilDay day;
  int minutes = 0;               // of work, and of time loss that counts
  std::vector<Interval> losses;  // time loss that counts
};

// Returns the days of a claim, the first one first.
std::vector<ClaimedDay> ClaimedDays(const Claim& claim);

// Tells whether more minutes are claimed of a day than it has: 1 440, or 60 less or more where
// clocks change.
bool ExceedsDay(absl::CivilDay day, int minutes);

// A day of which a statement and another of the same counsel both claim something.
struct SharedDay {
  CostStatementId statement;
  absl::CivilDay day;
  int minutes = 0;  // that the statement claims
  CostStatementId other;
  int other_minutes = 0;
  int common_loss_minutes = 0;  // of time loss, claimed in both
};

// Names in the contract: TIME_LOSS, DAY.
enum class OverlapKind { kTimeLoss, kDay };

struct Overlap {
  OverlapKind kind = OverlapKind::kTimeLoss;
  absl::CivilDay day;
  int minutes = 0;                    // claimed more than once; of a day, more than it has
  std::vector<CostStatementId> with;  // the other statements
};

// Returns where each statement overlaps with others of its counsel, by day. Precondition: what
// belongs to one statement and day stands beside each other.
std::map<CostStatementId, std::vector<Overlap>> FindOverlaps(const std::vector<SharedDay>& shared);

}  // namespace bitrade::billing
