#include "services/billing/domain/calculation.h"

#include <utility>

#include "services/billing/domain/explain.h"
#include "services/billing/domain/lines.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {
namespace {

constexpr absl::string_view kRows[] = {"WORK", "TIME_LOSS_DAY", "TIME_LOSS_OTHER", "DISBURSEMENTS"};

// Which summary row a line belongs to.
absl::string_view RowOf(const Line& line) {
  return line.kind == "DISBURSEMENT" || line.kind == "MILEAGE" ? "DISBURSEMENTS"
                                                               : absl::string_view(line.kind);
}

SummaryRow Summarize(absl::string_view kind, const std::vector<Line>& lines) {
  SummaryRow row{.kind = std::string(kind)};
  for (const Line& line : lines) {
    if (RowOf(line) == kind) row.exact += line.exact;
  }
  row.amount = row.exact.ToKrona();
  row.trace.push_back(ExplainRounding(row.exact, row.amount));
  return row;
}

// Returns what of a row bears VAT. Of the outlays' it is the taxable part, rounded like the row, so
// that a row without pass-through is taxed as it stands.
Ore TakeTaxable(Exact taxable_outlays, SummaryRow& row) {
  if (row.kind != "DISBURSEMENTS" || row.exact == taxable_outlays) return row.amount;
  const Ore part = taxable_outlays.ToKrona();
  row.trace.push_back(ExplainTaxablePart(taxable_outlays, part));
  return part;
}

void AddVat(const Rate& vat, Exact taxable_outlays, Calculation& result) {
  Ore taxable;
  for (SummaryRow& row : result.summary) {
    const Ore part = TakeTaxable(taxable_outlays, row);
    if (part > Ore()) row.trace.push_back(ExplainVat(part, vat));
    taxable += part;
  }
  result.vat = VatOn(taxable, BasisPoints(vat.amount));
}

}  // namespace

absl::StatusOr<Calculation> Calculate(const Claim& claim, const RateTable& rates) {
  LineMaker maker(claim, rates);
  RETURN_IF_ERROR(maker.Make());
  Calculation result{
      .lines = maker.lines(), .rate_basis_date = claim.filing_date, .warnings = maker.warnings()};
  for (const absl::string_view kind : kRows) {
    result.summary.push_back(Summarize(kind, result.lines));
    result.net += result.summary.back().amount;
  }
  if (claim.vat) {
    ASSIGN_OR_RETURN(const Rate* vat, rates.Find(RateKind::kVat, claim.f_tax, claim.filing_date));
    AddVat(*vat, maker.taxable_outlays(), result);
  }
  result.total = result.net + result.vat;
  return result;
}

Ore VatOn(Ore taxable, BasisPoints share) {
  return Ore::Kronor(
      RoundHalfUp(static_cast<Int128>(taxable.value()) * share.value(), 10'000 * 100));
}

}  // namespace bitrade::billing
