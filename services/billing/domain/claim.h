// What counsel claims: work, time loss, disbursements and mileage of one instance.
// Source: rättshjälpsförordningen (1997:404) 20 §, by förordningen (1997:405) 6 §.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/common/base/money.h"

namespace bitrade::billing {

enum class Instance { kFirst, kMigrationCourt, kMigrationCourtOfAppeal };

// Returns FIRST, MIGRATION_COURT or MIGRATION_COURT_OF_APPEAL.
absl::string_view InstanceName(Instance instance);
std::optional<Instance> ParseInstance(absl::string_view name);

// One measure (Swedish: åtgärd) of the account of work.
struct Measure {
  absl::CivilDay date;
  int minutes = 0;
  std::string text;  // may be empty for a routine measure alone
  bool routine = false;
};

// From `start` until before `end`, on whole minutes.
struct Interval {
  absl::Time start, end;
};

// Time lost to travel or waiting (Swedish: tidsspillan).
struct TimeLoss {
  Interval interval;
  bool travel = false;
  bool overnight = false;
  // Within the interval.
  std::vector<Interval> meals;
};

enum class OutlayType { kInterpreter, kTravel, kHotel, kDailyAllowance, kParking, kExpert, kOther };

// Returns INTERPRETER, TRAVEL, HOTEL, DAILY_ALLOWANCE, PARKING, EXPERT or OTHER.
absl::string_view OutlayTypeName(OutlayType type);
std::optional<OutlayType> ParseOutlayType(absl::string_view name);

// An outlay (Swedish: utlägg), VAT not included.
struct Outlay {
  absl::CivilDay date;
  OutlayType type = OutlayType::kOther;
  std::string text;
  Ore amount;
  // False for a genuine pass-through, on which no VAT is charged.
  bool taxable = true;
};

// Travel by own car.
struct Mileage {
  absl::CivilDay date;
  int km = 0;
  // Per km; nullopt where counsel states none.
  std::optional<Ore> stated_rate;
};

// What the register says of the counsel who claims: two facts, independent of each other.
struct TaxFacts {
  bool f_tax = false;
  bool vat = false;
};

struct Claim {
  // nullopt in a draft that does not say yet.
  std::optional<Instance> instance;
  std::optional<absl::CivilDay> work_began;
  std::string special_circumstances;
  std::string substitution;
  std::vector<Measure> work;
  std::vector<TimeLoss> time_loss;
  std::vector<Outlay> outlays;
  std::vector<Mileage> mileage;
  // Two facts, independent of each other.
  bool f_tax = false;
  bool vat = false;
  // The day whose rates count.
  absl::CivilDay filing_date;
};

}  // namespace bitrade::billing
