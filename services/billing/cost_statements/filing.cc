#include "services/billing/cost_statements/filing.h"

#include <utility>

#include "services/billing/calculations/convert.h"
#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/view.h"
#include "services/billing/domain/manifest.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/crypto/digest.h"

namespace bitrade::billing {

absl::StatusOr<MadeFiling> MakeFiling(StoredStatement draft, const TaxFacts& facts,
                                      const RateTable& rates, absl::Time now) {
  RETURN_IF_ERROR(File(draft.statement, now));
  ASSIGN_OR_RETURN(v1::CalculationInput input, InputOf(draft));
  const absl::CivilDay today = SwedishDay(now);
  FillIn(facts, today, input);
  ASSIGN_OR_RETURN(const Claim claim, FromProto(input, today));
  RETURN_IF_ERROR(CheckComplete(claim));
  ASSIGN_OR_RETURN(const Calculation calculation, Calculate(claim, rates));
  draft.content.input = input.SerializeAsString();
  draft.content.result = ToProto(calculation).SerializeAsString();
  draft.content.manifest = Manifest({draft.statement, claim, calculation});
  Receipt receipt{.number = "",
                  .cost_statement = draft.statement.id,
                  .received_time = now,
                  .manifest_sha256 = crypto::Sha256Hex(draft.content.manifest),
                  .total = calculation.total};
  return MadeFiling{std::move(draft), std::move(receipt)};
}

}  // namespace bitrade::billing
