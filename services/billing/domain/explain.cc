#include "services/billing/domain/explain.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/common/base/dates.h"

namespace bitrade::billing {
namespace {

constexpr char kTimeLossRules[] = "DVFS 2019:10, DVFS 2025:4";
constexpr char kCompensation[] = "rättshjälpslagen (1996:1619) 27 §";
constexpr char kPassThrough[] = "PASS_THROUGH";

std::string Kronor(Ore amount) {
  return absl::StrFormat("%d.%02d", amount.value() / 100, amount.value() % 100);
}

std::string SwedishKronor(Ore amount) {
  return absl::StrFormat("%d,%02d", amount.value() / 100, amount.value() % 100);
}

std::string SwedishMinutes(int minutes) {
  return absl::StrCat(minutes, minutes == 1 ? " minut" : " minuter");
}

std::string Minutes(int minutes) {
  return absl::StrCat(minutes, minutes == 1 ? " minute" : " minutes");
}

}  // namespace

Trace ExplainRate(int minutes, const Rate& rate) {
  const Ore hourly(rate.amount);
  return {.rule = rate.kind == RateKind::kHourlyNorm ? "HOURLY_NORM" : "TIME_LOSS_RATE",
          .swedish =
              absl::StrCat(SwedishMinutes(minutes), " à ", SwedishKronor(hourly), " kr i timmen"),
          .english = absl::StrCat(Minutes(minutes), " at ", Kronor(hourly), " kr an hour"),
          .minutes = minutes,
          .rate = hourly,
          .rate_version = FormatDate(rate.valid_from),
          .legal_source = rate.source};
}

Trace ExplainNotCounted(const BandPart& part) {
  Trace trace{.minutes = part.minutes, .legal_source = kTimeLossRules};
  switch (part.counting) {
    case Counting::kOutsideHours:
      trace.rule = "OUTSIDE_HOURS";
      trace.swedish = "Tid mellan 22 och 07 ersätts inte";
      trace.english = "Time between 22 and 07 is not compensated";
      break;
    case Counting::kMealBreak:
      trace.rule = "MEAL_BREAK";
      trace.swedish = "Normal måltidspaus ersätts inte";
      trace.english = "A normal meal break is not compensated";
      break;
    case Counting::kOvernightStay:
      trace.rule = "OVERNIGHT_STAY";
      trace.swedish = "Vid övernattning ersätts tid mellan 18 och 22 bara för resa";
      trace.english = "With an overnight stay, time between 18 and 22 counts only when travelling";
      break;
    case Counting::kCounts:
      break;
  }
  return trace;
}

Trace ExplainThreshold(int minutes, int total_minutes) {
  return {.rule = "BELOW_THRESHOLD",
          .swedish = absl::StrCat("Tidsspillan i instansen är ", SwedishMinutes(total_minutes),
                                  "; under ", kTimeLossThresholdMinutes, " minuter ersätts inte"),
          .english = absl::StrCat("Time loss in the instance is ", Minutes(total_minutes),
                                  "; less than ", kTimeLossThresholdMinutes, " is not compensated"),
          .minutes = minutes,
          .legal_source = "NJA 2004 s. 549"};
}

Trace ExplainOutlay(const Outlay& outlay) {
  const std::string swedish = SwedishKronor(outlay.amount);
  const std::string english = Kronor(outlay.amount);
  if (!outlay.taxable) {
    return {.rule = kPassThrough,
            .swedish = absl::StrCat("Utlägg för klientens räkning på ", swedish, " kr: ingen moms"),
            .english = absl::StrCat("Genuine pass-through of ", english, " kr: no VAT"),
            .legal_source = kCompensation};
  }
  return {.rule = "OUTLAY",
          .swedish = absl::StrCat("Utlägg på ", swedish, " kr utan moms"),
          .english = absl::StrCat("Outlay of ", english, " kr, VAT not included"),
          .legal_source = kCompensation};
}

Trace ExplainMileage(int km, const Rate& rate) {
  const Ore per_km(rate.amount);
  return {.rule = "MILEAGE_RATE",
          .swedish = absl::StrCat(km, " km à ", SwedishKronor(per_km), " kr"),
          .english = absl::StrCat(km, " km at ", Kronor(per_km), " kr"),
          .rate = per_km,
          .rate_version = FormatDate(rate.valid_from),
          .legal_source = rate.source};
}

Trace ExplainStatedRate(int km, Ore rate) {
  return {
      .rule = "STATED_RATE",
      .swedish =
          absl::StrCat(km, " km à ", SwedishKronor(rate), " kr, den taxa som biträdet har angett"),
      .english = absl::StrCat(km, " km at ", Kronor(rate), " kr, the rate that the counsel states"),
      .rate = rate,
      .legal_source = kCompensation};
}

Trace ExplainRounding(Exact exact, Ore amount) {
  return {
      .rule = "ROUNDED",
      .swedish = absl::StrCat(exact.text(), " öre avrundas till ", amount.value() / 100, " kr"),
      .english = absl::StrCat(exact.text(), " öre is rounded to ", amount.value() / 100, " kronor"),
      .legal_source = kRoundingPolicy};
}

Trace ExplainTaxablePart(Exact exact, Ore amount) {
  const int64_t kronor = amount.value() / 100;
  return {.rule = kPassThrough,
          .swedish = absl::StrCat("Utan utlägg för klientens räkning återstår ", exact.text(),
                                  " öre, som avrundas till ", kronor, " kr"),
          .english = absl::StrCat("Without pass-through ", exact.text(),
                                  " öre are left, rounded to ", kronor, " kronor"),
          .legal_source = kRoundingPolicy};
}

Trace ExplainVat(Ore taxable, const Rate& vat) {
  const std::string percent = absl::StrCat(vat.amount / 100);
  return {.rule = "VAT",
          .swedish = absl::StrCat(percent, " % moms på ", SwedishKronor(taxable), " kr"),
          .english = absl::StrCat(percent, " % VAT on ", Kronor(taxable), " kr"),
          .rate_version = FormatDate(vat.valid_from),
          .legal_source = vat.source};
}

}  // namespace bitrade::billing
