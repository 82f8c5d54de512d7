#include "services/billing/domain/manifest.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/common/base/dates.h"
#include "services/common/base/rfc3339.h"

namespace bitrade::billing {
namespace {

class Lines {
 public:
  void Text(absl::string_view name, absl::string_view value) {
    absl::StrAppend(&text_, prefix_, name, "\t", absl::Utf8SafeCEscape(value), "\n");
  }
  void Number(absl::string_view name, int64_t value) { Text(name, absl::StrCat(value)); }
  void Flag(absl::string_view name, bool value) { Text(name, value ? "true" : "false"); }
  void Day(absl::string_view name, absl::CivilDay value) { Text(name, FormatDate(value)); }
  void Instant(absl::string_view name, absl::Time value) {
    Text(name, Rfc3339(value, Decimals::kAlways).text());
  }
  // What follows belongs to this element.
  void Element(absl::string_view list, size_t index) {
    prefix_ = absl::StrCat(list, "[", index, "].");
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string prefix_;
  std::string text_;
};

void WriteHead(const Filing& filing, Lines& lines) {
  const auto& [statement, claim, calculation, kind] = filing;
  lines.Text("manifest", "bitrade cost statement 1");
  lines.Text("id", statement.id.text());
  lines.Text("appointmentId", statement.appointment.text());
  lines.Text("counselId", statement.counsel.text());
  lines.Text("kind", kind == FilingKind::kSignature ? "SIGNATURE" : "CONFIRMATION");
  if (kind == FilingKind::kSession) {
    lines.Instant("receivedTime", statement.update_time);
  } else {
    lines.Number("version", statement.version);
  }
  lines.Text("instance", claim.instance ? InstanceName(*claim.instance) : "");
  lines.Text("workBeganDate", claim.work_began ? FormatDate(*claim.work_began) : "");
  lines.Text("specialCircumstances", claim.special_circumstances);
  lines.Text("substitution", claim.substitution);
  lines.Flag("fTax", claim.f_tax);
  lines.Flag("vat", claim.vat);
  lines.Day("filingDate", claim.filing_date);
  lines.Text("roundingPolicy", kRoundingPolicy);
  lines.Number("netOre", calculation.net.value());
  lines.Number("vatOre", calculation.vat.value());
  lines.Number("totalOre", calculation.total.value());
}

void WriteTimeLoss(const std::vector<TimeLoss>& losses, Lines& lines) {
  for (size_t i = 0; i < losses.size(); ++i) {
    const TimeLoss& loss = losses[i];
    lines.Element("timeLoss", i);
    lines.Instant("startTime", loss.interval.start);
    lines.Instant("endTime", loss.interval.end);
    lines.Flag("travel", loss.travel);
    lines.Flag("overnight", loss.overnight);
    for (const Interval& meal : loss.meals) {
      lines.Instant("meal.startTime", meal.start);
      lines.Instant("meal.endTime", meal.end);
    }
  }
}

void WriteClaim(const Claim& claim, Lines& lines) {
  for (size_t i = 0; i < claim.work.size(); ++i) {
    lines.Element("work", i);
    lines.Day("date", claim.work[i].date);
    lines.Number("minutes", claim.work[i].minutes);
    lines.Text("text", claim.work[i].text);
    lines.Flag("routine", claim.work[i].routine);
  }
  WriteTimeLoss(claim.time_loss, lines);
  for (size_t i = 0; i < claim.outlays.size(); ++i) {
    lines.Element("disbursements", i);
    lines.Day("date", claim.outlays[i].date);
    lines.Text("type", OutlayTypeName(claim.outlays[i].type));
    lines.Text("text", claim.outlays[i].text);
    lines.Number("amountOre", claim.outlays[i].amount.value());
    lines.Flag("taxable", claim.outlays[i].taxable);
  }
  for (size_t i = 0; i < claim.mileage.size(); ++i) {
    lines.Element("mileage", i);
    lines.Day("date", claim.mileage[i].date);
    lines.Number("km", claim.mileage[i].km);
    lines.Number("statedRateOre", claim.mileage[i].stated_rate.value_or(Ore()).value());
  }
}

void WriteCalculation(const Calculation& calculation, Lines& lines) {
  for (size_t i = 0; i < calculation.lines.size(); ++i) {
    const Line& line = calculation.lines[i];
    lines.Element("lines", i);
    lines.Text("kind", line.kind);
    lines.Text("source", line.source);
    lines.Number("minutes", line.minutes);
    lines.Text("exact", line.exact.text());
    for (const Trace& trace : line.trace) {
      lines.Text("rule", absl::StrCat(trace.rule, " ", trace.rate_version));
    }
  }
  for (size_t i = 0; i < calculation.summary.size(); ++i) {
    lines.Element("summary", i);
    lines.Text("kind", calculation.summary[i].kind);
    lines.Text("exact", calculation.summary[i].exact.text());
    lines.Number("amountOre", calculation.summary[i].amount.value());
  }
}

}  // namespace

std::string Manifest(const Filing& filing) {
  Lines lines;
  WriteHead(filing, lines);
  WriteClaim(filing.claim, lines);
  WriteCalculation(filing.calculation, lines);
  return lines.Take();
}

}  // namespace bitrade::billing
