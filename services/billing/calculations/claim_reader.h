// Reads a claim off the wire and collects everything that is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "bitrade/billing/v1/calculation.pb.h"
#include "services/billing/domain/claim.h"
#include "services/common/error/error.h"

namespace bitrade::billing {

// For one input.
class ClaimReader {
 public:
  // Reads everything but the filing date; faults are in violations().
  Claim Read(const v1::CalculationInput& input);
  // Reads a day that must be there.
  absl::CivilDay RequiredDay(const std::string& field, absl::string_view text);

  Violations& violations() { return violations_; }

 private:
  void ReadWork(const v1::CalculationInput& input, Claim& claim);
  void ReadTimeLoss(const v1::CalculationInput& input, Claim& claim);
  void ReadOutlays(const v1::CalculationInput& input, Claim& claim);
  void ReadMileage(const v1::CalculationInput& input, Claim& claim);
  void ReadMeals(const std::string& field, const v1::TimeLoss& in, TimeLoss& loss);

  std::optional<absl::CivilDay> Day(const std::string& field, absl::string_view text);
  // `Message` is a time loss or a meal: both have a start and an end.
  template <typename Message>
  Interval ReadInterval(const std::string& field, const Message& message);
  void CheckRange(const std::string& field, int64_t value, int64_t least, int64_t most);
  void CheckCount(const std::string& field, int count, int most);
  void CheckText(const std::string& field, const std::string& text);

  Violations violations_;
};

}  // namespace bitrade::billing
