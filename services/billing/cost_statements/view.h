// What a reader is shown of a stored cost statement: its claim, and what it comes to.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "bitrade/billing/v1/cost_statement.pb.h"
#include "services/billing/cost_statements/sealed_row.h"
#include "services/billing/domain/rates.h"

namespace bitrade::billing {

// How a statement is shown: a draft is computed by these rates for this day.
struct Viewing {
  const RateTable& rates;
  absl::CivilDay today;
  Hand hand = Hand::kCounsel;
};

// Returns the stored input. Errors: DATA_LOSS.
absl::StatusOr<v1::CalculationInput> InputOf(const StoredStatement& stored);

// Returns the statement with its input and result: a draft's by the rates of today; what is filed,
// as it was filed. Errors: INVALID_REQUEST and RATE_UNKNOWN for a draft that cannot be computed,
// DATA_LOSS.
absl::StatusOr<v1::CostStatement> View(const StoredStatement& stored, const Viewing& viewing);

// The same for a reader, from whom a year without rates must not hide the draft: it is shown
// without a result then. Errors: DATA_LOSS.
absl::StatusOr<v1::CostStatement> ViewAnyway(const StoredStatement& stored, const Viewing& viewing);

// The same as an entry of a list: without the claim and the lines of the result. Errors: DATA_LOSS.
absl::StatusOr<v1::CostStatement> ViewInList(const StoredStatement& stored, const Viewing& viewing);

}  // namespace bitrade::billing
