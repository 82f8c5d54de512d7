// The sentences of a calculation's trace, in Swedish and English.
#pragma once

#include <string>

#include "services/billing/domain/calculation.h"
#include "services/billing/domain/time_bands.h"

namespace bitrade::billing {

// Minutes at a rate of a row.
Trace ExplainRate(int minutes, const Rate& rate);
// Minutes of a time loss that do not count. Precondition: `part` does not count.
Trace ExplainNotCounted(const BandPart& part);
// Time loss below the threshold of one instance.
Trace ExplainThreshold(int minutes, int total_minutes);
// An outlay as it was paid, with VAT charged on it or not.
Trace ExplainOutlay(const Outlay& outlay);
// Kilometres at a row's rate, or at the rate that counsel states.
Trace ExplainMileage(int km, const Rate& rate);
Trace ExplainStatedRate(int km, Ore rate);
// The rounding of a summary row.
Trace ExplainRounding(Exact exact, Ore amount);
// What of the outlays' row bears VAT where some of it is pass-through, rounded like the row.
Trace ExplainTaxablePart(Exact exact, Ore amount);
// VAT on a summary row's taxable part.
Trace ExplainVat(Ore taxable, const Rate& vat);

}  // namespace bitrade::billing
