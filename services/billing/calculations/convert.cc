#include "services/billing/calculations/convert.h"

#include <utility>

#include "services/billing/calculations/claim_reader.h"
#include "services/common/base/dates.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {
namespace {

void SetTrace(const std::vector<Trace>& traces,
              google::protobuf::RepeatedPtrField<v1::Trace>& out) {
  for (const Trace& trace : traces) {
    v1::Trace& added = *out.Add();
    added.set_rule(trace.rule);
    added.set_swedish(trace.swedish);
    added.set_english(trace.english);
    added.set_minutes(trace.minutes);
    added.set_rate_ore(trace.rate.value());
    added.set_rate_version(trace.rate_version);
    added.set_legal_source(trace.legal_source);
  }
}

void SetLine(const Line& line, v1::Line& out) {
  out.set_kind(line.kind);
  out.set_source(line.source);
  out.set_minutes(line.minutes);
  out.set_exact(line.exact.text());
  out.set_amount_ore(line.exact.ToOre().value());
  SetTrace(line.trace, *out.mutable_trace());
}

void SetRow(const SummaryRow& row, v1::SummaryRow& out) {
  out.set_kind(row.kind);
  out.set_exact(row.exact.text());
  out.set_amount_ore(row.amount.value());
  SetTrace(row.trace, *out.mutable_trace());
}

}  // namespace

absl::StatusOr<Claim> FromProto(const v1::CalculationInput& input) {
  ClaimReader reader;
  Claim claim = reader.Read(input);
  claim.filing_date = reader.RequiredDay("input.filing_date", input.filing_date());
  RETURN_IF_ERROR(reader.violations().ToStatus());
  return claim;
}

absl::StatusOr<Claim> FromProto(const v1::CalculationInput& input, absl::CivilDay filing_date) {
  ClaimReader reader;
  Claim claim = reader.Read(input);
  claim.filing_date = filing_date;
  RETURN_IF_ERROR(reader.violations().ToStatus());
  return claim;
}

v1::CalculationResult ToProto(const Calculation& calculation) {
  v1::CalculationResult out;
  for (const Line& line : calculation.lines) SetLine(line, *out.add_lines());
  for (const SummaryRow& row : calculation.summary) SetRow(row, *out.add_summary());
  out.set_net_ore(calculation.net.value());
  out.set_vat_ore(calculation.vat.value());
  out.set_total_ore(calculation.total.value());
  out.set_rate_basis_date(FormatDate(calculation.rate_basis_date));
  out.set_rounding_policy(kRoundingPolicy);
  out.mutable_warnings()->Add(calculation.warnings.begin(), calculation.warnings.end());
  return out;
}

}  // namespace bitrade::billing
