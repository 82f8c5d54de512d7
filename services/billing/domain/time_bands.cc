#include "services/billing/domain/time_bands.h"

#include <algorithm>

#include "services/common/base/swedish_calendar.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::billing {
namespace {

// Every instant at which band or fate may change, between start and end, both included.
std::vector<absl::Time> CutPoints(const TimeLoss& loss) {
  const absl::Time start = loss.interval.start, end = loss.interval.end;
  std::vector<absl::Time> cuts = {start, end};
  const auto add = [&](absl::Time time) {
    if (start < time && time < end) cuts.push_back(time);
  };
  for (absl::CivilDay day = SwedishDay(start); day <= SwedishDay(end); ++day) {
    for (const int hour : {0, 7, 8, 18, 22}) {
      add(absl::FromCivil(absl::CivilHour(day) + hour, SwedishTime()));
    }
  }
  for (const Interval& meal : loss.meals) {
    add(meal.start);
    add(meal.end);
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

bool IsMeal(const TimeLoss& loss, absl::Time time) {
  return std::any_of(loss.meals.begin(), loss.meals.end(), [time](const Interval& meal) {
    return meal.start <= time && time < meal.end;
  });
}

// What holds from `time` until the next cut.
BandPart Classify(const TimeLoss& loss, absl::Time time) {
  const absl::CivilHour civil = absl::ToCivilHour(time, SwedishTime());
  const int hour = civil.hour();
  const bool day = hour >= 8 && hour < 18 && IsWorkingDay(absl::CivilDay(civil));
  BandPart part{.band = day ? Band::kDay : Band::kOther};
  if (hour < 7 || hour >= 22) {
    part.counting = Counting::kOutsideHours;
  } else if (IsMeal(loss, time)) {
    part.counting = Counting::kMealBreak;
  } else if (loss.overnight && !loss.travel && hour >= 18) {
    part.counting = Counting::kOvernightStay;
  }
  return part;
}

void AddPart(const BandPart& part, std::vector<BandPart>& parts) {
  for (BandPart& known : parts) {
    if (known.band == part.band && known.counting == part.counting) {
      known.minutes += part.minutes;
      return;
    }
  }
  parts.push_back(part);
}

}  // namespace

std::vector<BandPart> SplitOnBands(const TimeLoss& loss) {
  std::vector<BandPart> parts;
  const std::vector<absl::Time> cuts = CutPoints(loss);
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    BandPart part = Classify(loss, cuts[i]);
    part.minutes = static_cast<int>(absl::ToInt64Minutes(cuts[i + 1] - cuts[i]));
    if (part.minutes > 0) AddPart(part, parts);
  }
  return parts;
}

std::vector<Interval> CountedIntervals(const TimeLoss& loss) {
  std::vector<Interval> counted;
  const std::vector<absl::Time> cuts = CutPoints(loss);
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (cuts[i] == cuts[i + 1] || Classify(loss, cuts[i]).counting != Counting::kCounts) continue;
    const bool goes_on = !counted.empty() && counted.back().end == cuts[i] &&
                         SwedishDay(counted.back().start) == SwedishDay(cuts[i]);
    if (goes_on) {
      counted.back().end = cuts[i + 1];
    } else {
      counted.push_back({cuts[i], cuts[i + 1]});
    }
  }
  return counted;
}

}  // namespace bitrade::billing
