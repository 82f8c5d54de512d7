// Turns a draft into what is signed, and into a filing: complete, computed, with manifest and
// receipt.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bitrade/type/v1/signature_request.pb.h"
#include "services/billing/cost_statements/sealed_row.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/rates.h"
#include "services/common/signing/signature.h"

namespace bitrade::billing {

// What others know: the register of the counsel's tax, identity of the signature.
struct FilingFacts {
  TaxFacts tax;
  std::optional<signing::Fact> signature;  // none where the session vouches
};

// What a filing is computed by.
struct Basis {
  const TaxFacts& tax;
  const RateTable& rates;
};

// The receipt's number comes with the transaction; everything else is here.
struct MadeFiling {
  StoredStatement stored;
  Receipt receipt;
};

// What the signature of a draft is of.
signing::Subject SubjectOf(const CostStatement& draft);

// Returns by what a filing is vouched for that is signed, or confirmed, with `method`.
FilingKind KindOf(type::v1::SigningMethod method);

// Returns what is signed or confirmed to file `draft` on the Swedish day of `now`; any change of
// the draft, the register's facts or the day gives another. Errors: COST_STATEMENT_NOT_DRAFT,
// COST_STATEMENT_INCOMPLETE, RATE_UNKNOWN.
absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const StoredStatement& draft, FilingKind kind,
                                                   const Basis& basis, absl::Time now);

// Files a draft at `now` by the rates of that Swedish day and the register's tax facts, by the
// signature or confirmation of just that, or by the session.
// Errors: COST_STATEMENT_NOT_DRAFT, COST_STATEMENT_INCOMPLETE, RATE_UNKNOWN, those of
// signing::Check.
absl::StatusOr<MadeFiling> MakeFiling(StoredStatement draft, const FilingFacts& facts,
                                      const RateTable& rates, absl::Time now);

}  // namespace bitrade::billing
