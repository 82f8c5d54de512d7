// Turns a draft into a filing: complete, computed, with manifest and receipt.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/billing/cost_statements/sealed_row.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/rates.h"

namespace bitrade::billing {

// The receipt's number comes with the transaction; everything else is here.
struct MadeFiling {
  StoredStatement stored;
  Receipt receipt;
};

// Files a draft at `now` by the rates of that Swedish day and the register's tax facts.
// Errors: COST_STATEMENT_NOT_DRAFT, COST_STATEMENT_INCOMPLETE, RATE_UNKNOWN.
absl::StatusOr<MadeFiling> MakeFiling(StoredStatement draft, const TaxFacts& facts,
                                      const RateTable& rates, absl::Time now);

}  // namespace bitrade::billing
