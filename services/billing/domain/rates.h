// Rates as data: every amount of the law is a row with its validity and source. A day in no row is
// an error with a name, never a default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/common/error/error.h"

namespace bitrade::billing {

enum class RateKind { kHourlyNorm, kTimeLossDay, kTimeLossOther, kMileageOwnCar, kVat };

// Returns HOURLY_NORM, TIME_LOSS_DAY, TIME_LOSS_OTHER, MILEAGE_OWN_CAR or VAT.
absl::string_view RateKindName(RateKind kind);
// Returns the kind of a name; nullopt for any other text.
std::optional<RateKind> ParseRateKind(absl::string_view name);
// Returns what the amounts of a kind count: HOUR and KM in öre, or BASIS_POINTS.
absl::string_view RateUnit(RateKind kind);

struct Rate {
  RateKind kind = RateKind::kHourlyNorm;
  // With or without F-tax; nullopt where it plays no part.
  std::optional<bool> f_tax;
  // Öre per hour or km, or basis points.
  int64_t amount = 0;
  absl::CivilDay valid_from;
  // The last day; nullopt while in force.
  std::optional<absl::CivilDay> valid_to;
  // Law or regulation.
  std::string source;
  // Computed from a published figure by a published rule.
  bool derived = false;

  bool HoldsOn(absl::CivilDay day) const {
    return valid_from <= day && (!valid_to || day <= *valid_to);
  }
};

// No row of a kind holds on a day.
extern const Reason kRateUnknown;

// All rates. Immutable, thread-safe.
class RateTable {
 public:
  explicit RateTable(std::vector<Rate> rates);

  // Returns the row of a kind that holds on `day`; for a kind that does not know F-tax, `f_tax` is
  // ignored. The table keeps the row. Errors: RATE_UNKNOWN.
  absl::StatusOr<const Rate*> Find(RateKind kind, bool f_tax, absl::CivilDay day) const;

  // Returns the rows that hold on `day`, or all of them, by kind, first day and F-tax first.
  std::vector<Rate> List(const std::optional<absl::CivilDay>& day) const;

 private:
  std::vector<Rate> rates_;
};

}  // namespace bitrade::billing
