#include "services/billing/domain/lines.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/billing/domain/claimed_time.h"
#include "services/billing/domain/explain.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {
namespace {

std::string Element(absl::string_view list, size_t index) {
  return absl::StrCat(list, "[", index, "]");
}

bool Overlapping(const std::vector<TimeLoss>& losses) {
  std::vector<Interval> sorted;
  for (const TimeLoss& loss : losses) sorted.push_back(loss.interval);
  std::sort(sorted.begin(), sorted.end(),
            [](const Interval& a, const Interval& b) { return a.start < b.start; });
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const Interval& a, const Interval& b) {
           return b.start < a.end;
         }) != sorted.end();
}

}  // namespace

absl::Status LineMaker::Make() {
  for (const ClaimedDay& claimed : ClaimedDays(claim_)) {
    if (ExceedsDay(claimed.day, claimed.minutes)) Warn("MORE_THAN_A_DAY");
  }
  RETURN_IF_ERROR(AddWork());
  RETURN_IF_ERROR(AddTimeLoss());
  AddOutlays();
  return AddMileage();
}

absl::StatusOr<const Rate*> LineMaker::RateOf(RateKind kind) const {
  return rates_.Find(kind, claim_.f_tax, claim_.filing_date);
}

void LineMaker::Warn(absl::string_view warning) {
  if (std::find(warnings_.begin(), warnings_.end(), warning) == warnings_.end()) {
    warnings_.emplace_back(warning);
  }
}

absl::Status LineMaker::AddWork() {
  if (claim_.work.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Rate* norm, RateOf(RateKind::kHourlyNorm));
  for (size_t i = 0; i < claim_.work.size(); ++i) {
    const Measure& measure = claim_.work[i];
    if (claim_.work_began && measure.date < *claim_.work_began) Warn("WORK_BEFORE_BEGINNING");
    lines_.push_back({.kind = "WORK",
                      .source = Element("work", i),
                      .minutes = measure.minutes,
                      .exact = Exact::OfMinutes(measure.minutes, Ore(norm->amount)),
                      .trace = {ExplainRate(measure.minutes, *norm)}});
  }
  return absl::OkStatus();
}

absl::Status LineMaker::AddTimeLoss() {
  std::vector<std::vector<BandPart>> split;
  int total = 0;
  for (const TimeLoss& loss : claim_.time_loss) {
    for (const BandPart& part : split.emplace_back(SplitOnBands(loss))) {
      if (part.counting == Counting::kCounts) total += part.minutes;
    }
  }
  if (Overlapping(claim_.time_loss)) Warn("OVERLAPPING_TIME_LOSS");
  if (total > 0 && total < kTimeLossThresholdMinutes) Warn("BELOW_THRESHOLD");
  for (size_t i = 0; i < split.size(); ++i) {
    for (const BandPart& part : split[i]) {
      RETURN_IF_ERROR(AddPart(Element("timeLoss", i), part, total));
    }
  }
  return absl::OkStatus();
}

absl::Status LineMaker::AddPart(const std::string& source, const BandPart& part,
                                int total_minutes) {
  const bool day = part.band == Band::kDay;
  Line line{
      .kind = day ? "TIME_LOSS_DAY" : "TIME_LOSS_OTHER", .source = source, .minutes = part.minutes};
  if (part.counting != Counting::kCounts) {
    line.trace.push_back(ExplainNotCounted(part));
  } else if (total_minutes < kTimeLossThresholdMinutes) {
    line.trace.push_back(ExplainThreshold(part.minutes, total_minutes));
  } else {
    ASSIGN_OR_RETURN(const Rate* rate,
                     RateOf(day ? RateKind::kTimeLossDay : RateKind::kTimeLossOther));
    line.exact = Exact::OfMinutes(part.minutes, Ore(rate->amount));
    line.trace.push_back(ExplainRate(part.minutes, *rate));
  }
  lines_.push_back(std::move(line));
  return absl::OkStatus();
}

void LineMaker::AddOutlays() {
  for (size_t i = 0; i < claim_.outlays.size(); ++i) {
    const Outlay& outlay = claim_.outlays[i];
    const Exact exact = Exact::OfOre(outlay.amount);
    if (outlay.taxable) taxable_outlays_ += exact;
    lines_.push_back({.kind = "DISBURSEMENT",
                      .source = Element("disbursements", i),
                      .exact = exact,
                      .trace = {ExplainOutlay(outlay)}});
  }
}

absl::Status LineMaker::AddMileage() {
  for (size_t i = 0; i < claim_.mileage.size(); ++i) {
    const Mileage& mileage = claim_.mileage[i];
    const absl::StatusOr<const Rate*> row = RateOf(RateKind::kMileageOwnCar);
    if (!row.ok() && !mileage.stated_rate) return row.status();
    if (row.ok() && mileage.stated_rate) Warn("STATED_RATE_NOT_USED");
    const Ore per_km = row.ok() ? Ore((*row)->amount) : *mileage.stated_rate;
    const Exact exact = Exact::OfOre(Ore(mileage.km * per_km.value()));
    taxable_outlays_ += exact;
    lines_.push_back({.kind = "MILEAGE",
                      .source = Element("mileage", i),
                      .exact = exact,
                      .trace = {row.ok() ? ExplainMileage(mileage.km, **row)
                                         : ExplainStatedRate(mileage.km, per_km)}});
  }
  return absl::OkStatus();
}

}  // namespace bitrade::billing
