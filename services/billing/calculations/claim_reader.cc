#include "services/billing/calculations/claim_reader.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/common/base/dates.h"
#include "services/common/base/formats.h"
#include "services/common/base/swedish_time.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::billing {
namespace {

constexpr int kMostElements = 500;
constexpr int kMostMeals = 50;
constexpr size_t kLongestText = 2'000;  // bytes
// In bytes. A case system takes a filing with its result and its manifest, where a meal break is
// seven times as long, in one message; and what it cannot take stands before all that waits.
constexpr size_t kLargestInput = size_t{256} * 1024;
constexpr int64_t kMostOutlay = 10'000'000'000;  // öre: 100 million kronor
constexpr int64_t kMostKilometres = 10'000;
constexpr int64_t kMostPerKilometre = 100'000;  // öre
constexpr absl::Duration kLongestTimeLoss = absl::Hours(7 * 24);
// Since then Swedish time is whole minutes from UTC, and an hour begins on a minute.
constexpr int kFirstYear = 1900;

std::string At(absl::string_view list, int index) {
  return absl::StrCat("input.", list, "[", index, "]");
}

bool OnMinute(const google::protobuf::Timestamp& time) {
  return time.seconds() % 60 == 0 && time.nanos() == 0;
}

}  // namespace

Claim ClaimReader::Read(const v1::CalculationInput& input) {
  if (input.ByteSizeLong() > kLargestInput) {
    violations_.Add("input", "TOO_LONG", absl::StrCat("at most ", kLargestInput, " bytes"));
  }
  Claim claim;
  claim.instance = ParseInstance(input.instance());
  if (!input.instance().empty() && !claim.instance) {
    violations_.Add("input.instance", "UNKNOWN",
                    "FIRST, MIGRATION_COURT or MIGRATION_COURT_OF_APPEAL");
  }
  if (!input.work_began_date().empty()) {
    claim.work_began = Day("input.work_began_date", input.work_began_date());
  }
  CheckText("input.special_circumstances", input.special_circumstances());
  CheckText("input.substitution", input.substitution());
  claim.special_circumstances = input.special_circumstances();
  claim.substitution = input.substitution();
  claim.f_tax = input.f_tax();
  claim.vat = input.vat();
  ReadWork(input, claim);
  ReadTimeLoss(input, claim);
  ReadOutlays(input, claim);
  ReadMileage(input, claim);
  return claim;
}

absl::CivilDay ClaimReader::RequiredDay(const std::string& field, absl::string_view text) {
  if (text.empty()) {
    violations_.Add(field, "REQUIRED", "a day, YYYY-MM-DD");
    return {};
  }
  return Day(field, text).value_or(absl::CivilDay());
}

void ClaimReader::ReadWork(const v1::CalculationInput& input, Claim& claim) {
  CheckCount("input.work", input.work_size(), kMostElements);
  for (int i = 0; i < input.work_size(); ++i) {
    const v1::Work& in = input.work(i);
    const std::string field = At("work", i);
    CheckRange(field + ".minutes", in.minutes(), 1, 1'440);
    CheckText(field + ".text", in.text());
    claim.work.push_back({.date = RequiredDay(field + ".date", in.date()),
                          .minutes = in.minutes(),
                          .text = in.text(),
                          .routine = in.routine()});
  }
}

void ClaimReader::ReadTimeLoss(const v1::CalculationInput& input, Claim& claim) {
  CheckCount("input.time_loss", input.time_loss_size(), kMostElements);
  for (int i = 0; i < input.time_loss_size(); ++i) {
    const v1::TimeLoss& in = input.time_loss(i);
    const std::string field = At("time_loss", i);
    TimeLoss loss{
        .interval = ReadInterval(field, in), .travel = in.travel(), .overnight = in.overnight()};
    ReadMeals(field, in, loss);
    claim.time_loss.push_back(std::move(loss));
  }
}

void ClaimReader::ReadMeals(const std::string& field, const v1::TimeLoss& in, TimeLoss& loss) {
  CheckCount(field + ".meals", in.meals_size(), kMostMeals);
  for (int i = 0; i < in.meals_size(); ++i) {
    const std::string element = absl::StrCat(field, ".meals[", i, "]");
    const Interval meal = ReadInterval(element, in.meals(i));
    // Of a time loss that is faulty itself, nothing can lie within or without.
    const bool known = loss.interval.start < loss.interval.end;
    if (known && (meal.start < loss.interval.start || meal.end > loss.interval.end)) {
      violations_.Add(element, "OUT_OF_RANGE", "within the time loss");
    }
    loss.meals.push_back(meal);
  }
}

void ClaimReader::ReadOutlays(const v1::CalculationInput& input, Claim& claim) {
  CheckCount("input.disbursements", input.disbursements_size(), kMostElements);
  for (int i = 0; i < input.disbursements_size(); ++i) {
    const v1::Disbursement& in = input.disbursements(i);
    const std::string field = At("disbursements", i);
    const auto type = ParseOutlayType(in.type());
    if (!type) {
      violations_.Add(field + ".type", in.type().empty() ? "REQUIRED" : "UNKNOWN",
                      "INTERPRETER, TRAVEL, HOTEL, DAILY_ALLOWANCE, PARKING, EXPERT or OTHER");
    }
    CheckRange(field + ".amount_ore", in.amount_ore(), 1, kMostOutlay);
    CheckText(field + ".text", in.text());
    claim.outlays.push_back({.date = RequiredDay(field + ".date", in.date()),
                             .type = type.value_or(OutlayType::kOther),
                             .text = in.text(),
                             .amount = Ore(in.amount_ore()),
                             .taxable = !in.has_taxable() || in.taxable()});
  }
}

void ClaimReader::ReadMileage(const v1::CalculationInput& input, Claim& claim) {
  CheckCount("input.mileage", input.mileage_size(), kMostElements);
  for (int i = 0; i < input.mileage_size(); ++i) {
    const v1::Mileage& in = input.mileage(i);
    const std::string field = At("mileage", i);
    CheckRange(field + ".km", in.km(), 1, kMostKilometres);
    CheckRange(field + ".stated_rate_ore", in.stated_rate_ore(), 0, kMostPerKilometre);
    Mileage mileage{.date = RequiredDay(field + ".date", in.date()), .km = in.km()};
    if (in.stated_rate_ore() > 0) mileage.stated_rate = Ore(in.stated_rate_ore());
    claim.mileage.push_back(mileage);
  }
}

std::optional<absl::CivilDay> ClaimReader::Day(const std::string& field, absl::string_view text) {
  const auto day = ParseDate(text);
  if (!day) violations_.Add(field, "MALFORMED", "a day, YYYY-MM-DD");
  return day;
}

template <typename Message>
Interval ClaimReader::ReadInterval(const std::string& field, const Message& message) {
  if (!message.has_start_time() || !message.has_end_time()) {
    violations_.Add(field + (message.has_start_time() ? ".end_time" : ".start_time"), "REQUIRED",
                    "an instant, RFC 3339");
    return {};
  }
  if (!OnMinute(message.start_time()) || !OnMinute(message.end_time())) {
    violations_.Add(field, "MALFORMED", "time is counted in whole minutes");
  }
  const Interval interval{rpc::ReadTime(message.start_time()), rpc::ReadTime(message.end_time())};
  if (interval.end <= interval.start || interval.end - interval.start > kLongestTimeLoss) {
    violations_.Add(field + ".end_time", "OUT_OF_RANGE", "after the start, at most 7 days");
  }
  if (SwedishDay(interval.start).year() < kFirstYear) {
    violations_.Add(field + ".start_time", "OUT_OF_RANGE", absl::StrCat("from ", kFirstYear));
  }
  return interval;
}

void ClaimReader::CheckRange(const std::string& field, int64_t value, int64_t least, int64_t most) {
  if (value < least || value > most) {
    violations_.Add(field, "OUT_OF_RANGE", absl::StrCat(least, " to ", most));
  }
}

void ClaimReader::CheckCount(const std::string& field, int count, int most) {
  if (count > most) violations_.Add(field, "TOO_MANY", absl::StrCat("at most ", most));
}

void ClaimReader::CheckText(const std::string& field, const std::string& text) {
  if (text.size() > kLongestText) {
    violations_.Add(field, "TOO_LONG", absl::StrCat("at most ", kLongestText, " bytes"));
  } else if (!IsPlainText(absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\t", " "}}))) {
    violations_.Add(field, "MALFORMED", "UTF-8 without control characters");
  }
}

}  // namespace bitrade::billing
