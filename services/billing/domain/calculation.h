// What a claim comes to: every line exact, four summary rows rounded once, VAT rounded once more,
// and a reason for every öre.
//
// Source: rättshjälpslagen (1996:1619) 27 §; förordning (2009:1237) 2 §; Domstolsverket's
// regulations on time loss; NJA 2004 s. 549 (less than 20 minutes in one instance).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/exact.h"
#include "services/billing/domain/rates.h"
#include "services/common/base/money.h"

namespace bitrade::billing {

// Each summary row is rounded once, half up, to a krona; then VAT.
inline constexpr char kRoundingPolicy[] = "SUMMARY_ROW_HALF_UP_KRONA";
// Less time loss than this in one instance is not compensated. Source: NJA 2004 s. 549.
inline constexpr int kTimeLossThresholdMinutes = 20;

// A reason for an amount.
struct Trace {
  std::string rule;  // stable: HOURLY_NORM, TIME_LOSS_RATE, BELOW_THRESHOLD, OUTSIDE_HOURS, …
  std::string swedish;
  std::string english;
  int minutes = 0;           // 0 for none
  Ore rate;                  // 0 for none
  std::string rate_version;  // the first day of the rate's row; empty for none
  std::string legal_source;
};

struct Line {
  std::string kind;    // WORK, TIME_LOSS_DAY, TIME_LOSS_OTHER, DISBURSEMENT, MILEAGE
  std::string source;  // "work[0]"
  int minutes = 0;     // 0 where time plays no part
  Exact exact;
  std::vector<Trace> trace;
};

struct SummaryRow {
  std::string kind;  // WORK, TIME_LOSS_DAY, TIME_LOSS_OTHER, DISBURSEMENTS
  Exact exact;
  Ore amount;  // whole kronor
  std::vector<Trace> trace;
};

struct Calculation {
  std::vector<Line> lines;
  // Always the four, in their order.
  std::vector<SummaryRow> summary;
  Ore net, vat, total;
  absl::CivilDay rate_basis_date;
  // Stable words: BELOW_THRESHOLD, OVERLAPPING_TIME_LOSS, WORK_BEFORE_BEGINNING,
  // STATED_RATE_NOT_USED, MORE_THAN_A_DAY.
  std::vector<std::string> warnings;
};

// Computes a claim by the rates of its filing date. Errors: RATE_UNKNOWN.
// Precondition: what SplitOnBands asks of time losses.
absl::StatusOr<Calculation> Calculate(const Claim& claim, const RateTable& rates);

// Returns VAT on a taxable sum, rounded half up to a whole krona.
Ore VatOn(Ore taxable, BasisPoints share);

}  // namespace bitrade::billing
