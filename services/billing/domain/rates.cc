#include "services/billing/domain/rates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/common/base/dates.h"

namespace bitrade::billing {
namespace {

constexpr RateKind kKinds[] = {RateKind::kHourlyNorm, RateKind::kTimeLossDay,
                               RateKind::kTimeLossOther, RateKind::kMileageOwnCar, RateKind::kVat};

}  // namespace

const Reason kRateUnknown{
    "RATE_UNKNOWN",
    absl::StatusCode::kInvalidArgument,
    {"Rate unknown", "No rate of kind {kind} is known for {date}. For mileage, state the rate."},
    {"Taxan saknas",
     "Ingen taxa av slaget {kind} är känd för {date}. Ange själv taxan för milersättning."}};

absl::string_view RateKindName(RateKind kind) {
  switch (kind) {
    case RateKind::kHourlyNorm:
      return "HOURLY_NORM";
    case RateKind::kTimeLossDay:
      return "TIME_LOSS_DAY";
    case RateKind::kTimeLossOther:
      return "TIME_LOSS_OTHER";
    case RateKind::kMileageOwnCar:
      return "MILEAGE_OWN_CAR";
    case RateKind::kVat:
      return "VAT";
  }
  return "";
}

std::optional<RateKind> ParseRateKind(absl::string_view name) {
  for (const RateKind kind : kKinds) {
    if (RateKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

absl::string_view RateUnit(RateKind kind) {
  switch (kind) {
    case RateKind::kMileageOwnCar:
      return "KM";
    case RateKind::kVat:
      return "BASIS_POINTS";
    default:
      return "HOUR";
  }
}

RateTable::RateTable(std::vector<Rate> rates) : rates_(std::move(rates)) {
  std::sort(rates_.begin(), rates_.end(), [](const Rate& a, const Rate& b) {
    return std::tuple(a.kind, a.valid_from, !a.f_tax.value_or(true)) <
           std::tuple(b.kind, b.valid_from, !b.f_tax.value_or(true));
  });
}

absl::StatusOr<const Rate*> RateTable::Find(RateKind kind, bool f_tax, absl::CivilDay day) const {
  for (const Rate& rate : rates_) {
    if (rate.kind == kind && rate.f_tax.value_or(f_tax) == f_tax && rate.HoldsOn(day)) return &rate;
  }
  return Refuse(kRateUnknown,
                {{"kind", std::string(RateKindName(kind))}, {"date", FormatDate(day)}});
}

std::vector<Rate> RateTable::List(const std::optional<absl::CivilDay>& day) const {
  std::vector<Rate> listed;
  for (const Rate& rate : rates_) {
    if (!day || rate.HoldsOn(*day)) listed.push_back(rate);
  }
  return listed;
}

}  // namespace bitrade::billing
