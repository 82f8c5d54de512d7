#include "services/billing/domain/claimed_time.h"

#include <utility>

#include "services/billing/domain/time_bands.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::billing {
namespace {

using Days = std::map<absl::CivilDay, ClaimedDay>;

int MinutesOf(const Interval& interval) {
  return static_cast<int>(absl::ToInt64Minutes(interval.end - interval.start));
}

int MinutesOfDay(absl::CivilDay day) {
  return MinutesOf({EndOfSwedishDay(day - 1), EndOfSwedishDay(day)});
}

void Take(const SharedDay& one, Overlap& losses, Overlap& whole) {
  whole.minutes += one.other_minutes;
  whole.with.push_back(one.other);
  if (one.common_loss_minutes == 0) return;
  losses.minutes += one.common_loss_minutes;
  losses.with.push_back(one.other);
}

}  // namespace

std::vector<ClaimedDay> ClaimedDays(const Claim& claim) {
  Days days;
  for (const Measure& measure : claim.work) days[measure.date].minutes += measure.minutes;
  for (const TimeLoss& loss : claim.time_loss) {
    for (const Interval& counted : CountedIntervals(loss)) {
      ClaimedDay& day = days[SwedishDay(counted.start)];
      day.minutes += MinutesOf(counted);
      day.losses.push_back(counted);
    }
  }
  std::vector<ClaimedDay> all;
  for (auto& [day, claimed] : days) {
    claimed.day = day;
    all.push_back(std::move(claimed));
  }
  return all;
}

bool ExceedsDay(absl::CivilDay day, int minutes) { return minutes > MinutesOfDay(day); }

std::map<CostStatementId, std::vector<Overlap>> FindOverlaps(const std::vector<SharedDay>& shared) {
  std::map<CostStatementId, std::vector<Overlap>> found;
  for (size_t i = 0; i < shared.size();) {
    const SharedDay& first = shared[i];
    Overlap losses{.kind = OverlapKind::kTimeLoss, .day = first.day, .with = {}};
    Overlap whole{
        .kind = OverlapKind::kDay, .day = first.day, .minutes = first.minutes, .with = {}};
    for (;
         i < shared.size() && shared[i].statement == first.statement && shared[i].day == first.day;
         ++i) {
      Take(shared[i], losses, whole);
    }
    std::vector<Overlap>& of_statement = found[first.statement];
    if (losses.minutes > 0) of_statement.push_back(std::move(losses));
    if (!ExceedsDay(whole.day, whole.minutes)) continue;
    whole.minutes -= MinutesOfDay(whole.day);
    of_statement.push_back(std::move(whole));
  }
  return found;
}

}  // namespace bitrade::billing
