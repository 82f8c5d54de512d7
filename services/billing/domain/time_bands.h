// The clock bands of time loss: which minutes count, at which of the two rates, and why others do
// not.
//
// Source: Domstolsverket's regulations on time loss (DVFS 2019:10; DVFS 2025:4) 2–4 §§: weekdays
// 08–18; other time between 07 and 22; never meal breaks, nor 22–07; after an overnight stay 18–22
// only when it is travel.
#pragma once

#include <vector>

#include "services/billing/domain/claim.h"

namespace bitrade::billing {

// kDay is 08–18 on weekdays, kOther everything else.
enum class Band { kDay, kOther };

// Whether minutes count, or why not.
enum class Counting { kCounts, kOutsideHours, kMealBreak, kOvernightStay };

// Minutes of one time loss that share band and fate.
struct BandPart {
  Band band = Band::kDay;
  Counting counting = Counting::kCounts;
  int minutes = 0;
};

// Splits a time loss on 07, 08, 18 and 22 Swedish time, on the calendar and on its meals; days with
// the same fate are added up. The parts' minutes add up to the interval's.
// Precondition: whole minutes, start before end, meals within.
std::vector<BandPart> SplitOnBands(const TimeLoss& loss);

// Returns the parts of a time loss that count, each within one Swedish day and apart from the
// others, in their order. Precondition: as above.
std::vector<Interval> CountedIntervals(const TimeLoss& loss);

}  // namespace bitrade::billing
