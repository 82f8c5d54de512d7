#include "services/billing/cost_statements/view.h"

#include "services/billing/calculations/convert.h"
#include "services/billing/cost_statements/convert.h"
#include "services/common/base/dates.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {
namespace {

// Everything but the result of a draft.
absl::StatusOr<v1::CostStatement> ViewStored(const StoredStatement& stored,
                                             const Viewing& viewing) {
  v1::CostStatement out = ToProto(stored.statement);
  ASSIGN_OR_RETURN(*out.mutable_input(), InputOf(stored));
  if (stored.statement.state == State::kDraft) {
    out.mutable_input()->set_filing_date(FormatDate(viewing.today));
  } else if (!out.mutable_result()->ParseFromString(stored.content.result)) {
    return absl::DataLossError("a stored result does not parse");
  }
  for (const std::string& name : Transitions(stored.statement, viewing.hand)) {
    out.add_transitions(name);
  }
  return out;
}

absl::StatusOr<v1::CalculationResult> ResultOf(const v1::CalculationInput& input,
                                               const Viewing& viewing) {
  ASSIGN_OR_RETURN(const Claim claim, FromProto(input, viewing.today));
  ASSIGN_OR_RETURN(const Calculation calculation, Calculate(claim, viewing.rates));
  return ToProto(calculation);
}

}  // namespace

absl::StatusOr<v1::CalculationInput> InputOf(const StoredStatement& stored) {
  v1::CalculationInput input;
  if (!input.ParseFromString(stored.content.input)) {
    return absl::DataLossError("a stored input does not parse");
  }
  return input;
}

absl::StatusOr<v1::CostStatement> View(const StoredStatement& stored, const Viewing& viewing) {
  ASSIGN_OR_RETURN(v1::CostStatement out, ViewStored(stored, viewing));
  if (stored.statement.state == State::kDraft) {
    ASSIGN_OR_RETURN(*out.mutable_result(), ResultOf(out.input(), viewing));
  }
  return out;
}

absl::StatusOr<v1::CostStatement> ViewAnyway(const StoredStatement& stored,
                                             const Viewing& viewing) {
  ASSIGN_OR_RETURN(v1::CostStatement out, ViewStored(stored, viewing));
  if (stored.statement.state != State::kDraft) return out;
  auto result = ResultOf(out.input(), viewing);
  if (result.ok()) *out.mutable_result() = *std::move(result);
  return out;
}

absl::StatusOr<v1::CostStatement> ViewInList(const StoredStatement& stored,
                                             const Viewing& viewing) {
  ASSIGN_OR_RETURN(v1::CostStatement out, ViewAnyway(stored, viewing));
  out.clear_input();
  if (out.has_result()) out.mutable_result()->clear_lines();
  return out;
}

}  // namespace bitrade::billing
