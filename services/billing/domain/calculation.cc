#include "services/billing/domain/calculation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/billing/domain/explain.h"
#include "services/billing/domain/time_bands.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {
namespace {

constexpr absl::string_view kRows[] = {"WORK", "TIME_LOSS_DAY", "TIME_LOSS_OTHER", "DISBURSEMENTS"};

std::string Element(absl::string_view list, size_t index) {
  return absl::StrCat(list, "[", index, "]");
}

bool Overlap(const std::vector<TimeLoss>& losses) {
  std::vector<Interval> sorted;
  for (const TimeLoss& loss : losses) sorted.push_back(loss.interval);
  std::sort(sorted.begin(), sorted.end(),
            [](const Interval& a, const Interval& b) { return a.start < b.start; });
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const Interval& a, const Interval& b) {
           return b.start < a.end;
         }) != sorted.end();
}

// Which summary row a line belongs to.
absl::string_view RowOf(const Line& line) {
  return line.kind == "DISBURSEMENT" || line.kind == "MILEAGE" ? "DISBURSEMENTS"
                                                               : absl::string_view(line.kind);
}

// One computation from claim to result.
class Computation {
 public:
  Computation(const Claim& claim, const RateTable& rates) : claim_(claim), rates_(rates) {
    result_.rate_basis_date = claim.filing_date;
  }

  absl::StatusOr<Calculation> Run() {
    RETURN_IF_ERROR(AddWork());
    RETURN_IF_ERROR(AddTimeLoss());
    AddOutlays();
    RETURN_IF_ERROR(AddMileage());
    Summarize();
    RETURN_IF_ERROR(AddVat());
    result_.total = result_.net + result_.vat;
    return std::move(result_);
  }

 private:
  absl::StatusOr<const Rate*> RateOf(RateKind kind) const {
    return rates_.Find(kind, claim_.f_tax, claim_.filing_date);
  }

  void Warn(absl::string_view warning) {
    auto& warnings = result_.warnings;
    if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) {
      warnings.emplace_back(warning);
    }
  }

  absl::Status AddWork() {
    if (claim_.work.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Rate* norm, RateOf(RateKind::kHourlyNorm));
    for (size_t i = 0; i < claim_.work.size(); ++i) {
      const Measure& measure = claim_.work[i];
      if (claim_.work_began && measure.date < *claim_.work_began) Warn("WORK_BEFORE_BEGINNING");
      result_.lines.push_back({.kind = "WORK",
                               .source = Element("work", i),
                               .minutes = measure.minutes,
                               .exact = Exact::OfMinutes(measure.minutes, Ore(norm->amount)),
                               .trace = {ExplainRate(measure.minutes, *norm)}});
    }
    return absl::OkStatus();
  }

  absl::Status AddTimeLoss() {
    std::vector<std::vector<BandPart>> split;
    int total = 0;
    for (const TimeLoss& loss : claim_.time_loss) {
      for (const BandPart& part : split.emplace_back(SplitOnBands(loss))) {
        if (part.counting == Counting::kCounts) total += part.minutes;
      }
    }
    if (Overlap(claim_.time_loss)) Warn("OVERLAPPING_TIME_LOSS");
    if (total > 0 && total < kTimeLossThresholdMinutes) Warn("BELOW_THRESHOLD");
    for (size_t i = 0; i < split.size(); ++i) {
      for (const BandPart& part : split[i]) {
        RETURN_IF_ERROR(AddPart(Element("timeLoss", i), part, total));
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddPart(const std::string& source, const BandPart& part, int total) {
    const bool day = part.band == Band::kDay;
    Line line{.kind = day ? "TIME_LOSS_DAY" : "TIME_LOSS_OTHER",
              .source = source,
              .minutes = part.minutes};
    if (part.counting != Counting::kCounts) {
      line.trace.push_back(ExplainNotCounted(part));
    } else if (total < kTimeLossThresholdMinutes) {
      line.trace.push_back(ExplainThreshold(part.minutes, total));
    } else {
      ASSIGN_OR_RETURN(const Rate* rate,
                       RateOf(day ? RateKind::kTimeLossDay : RateKind::kTimeLossOther));
      line.exact = Exact::OfMinutes(part.minutes, Ore(rate->amount));
      line.trace.push_back(ExplainRate(part.minutes, *rate));
    }
    result_.lines.push_back(std::move(line));
    return absl::OkStatus();
  }

  void AddOutlays() {
    for (size_t i = 0; i < claim_.outlays.size(); ++i) {
      const Outlay& outlay = claim_.outlays[i];
      const Exact exact = Exact::OfOre(outlay.amount);
      if (outlay.taxable) taxable_outlays_ += exact;
      result_.lines.push_back({.kind = "DISBURSEMENT",
                               .source = Element("disbursements", i),
                               .exact = exact,
                               .trace = {ExplainOutlay(outlay)}});
    }
  }

  absl::Status AddMileage() {
    for (size_t i = 0; i < claim_.mileage.size(); ++i) {
      const Mileage& mileage = claim_.mileage[i];
      const absl::StatusOr<const Rate*> row = RateOf(RateKind::kMileageOwnCar);
      if (!row.ok() && !mileage.stated_rate) return row.status();
      if (row.ok() && mileage.stated_rate) Warn("STATED_RATE_NOT_USED");
      const Ore per_km = row.ok() ? Ore((*row)->amount) : *mileage.stated_rate;
      const Exact exact = Exact::OfOre(Ore(mileage.km * per_km.value()));
      taxable_outlays_ += exact;
      result_.lines.push_back({.kind = "MILEAGE",
                               .source = Element("mileage", i),
                               .exact = exact,
                               .trace = {row.ok() ? ExplainMileage(mileage.km, **row)
                                                  : ExplainStatedRate(mileage.km, per_km)}});
    }
    return absl::OkStatus();
  }

  void Summarize() {
    for (const absl::string_view kind : kRows) {
      SummaryRow row{.kind = std::string(kind)};
      for (const Line& line : result_.lines) {
        if (RowOf(line) == kind) row.exact += line.exact;
      }
      row.amount = row.exact.ToKrona();
      row.trace.push_back(ExplainRounding(row.exact, row.amount));
      result_.net += row.amount;
      result_.summary.push_back(std::move(row));
    }
  }

  // Of the outlays' row the taxable part, rounded like the row, so that a row without pass-through
  // is taxed as it stands.
  absl::Status AddVat() {
    if (!claim_.vat) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Rate* vat, RateOf(RateKind::kVat));
    Ore taxable;
    for (SummaryRow& row : result_.summary) {
      const Ore part = row.kind == "DISBURSEMENTS" ? taxable_outlays_.ToKrona() : row.amount;
      if (part > Ore()) row.trace.push_back(ExplainVat(part, *vat));
      taxable += part;
    }
    result_.vat = VatOn(taxable, BasisPoints(vat->amount));
    return absl::OkStatus();
  }

  const Claim& claim_;
  const RateTable& rates_;
  Exact taxable_outlays_;
  Calculation result_;
};

}  // namespace

absl::StatusOr<Calculation> Calculate(const Claim& claim, const RateTable& rates) {
  return Computation(claim, rates).Run();
}

Ore VatOn(Ore taxable, BasisPoints share) {
  return Ore::Kronor(
      RoundHalfUp(static_cast<Int128>(taxable.value()) * share.value(), 10'000 * 100));
}

}  // namespace bitrade::billing
