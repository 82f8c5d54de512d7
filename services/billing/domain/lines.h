// The lines of a calculation: one for each thing claimed, and for each part that the clock bands
// cut out of it, exact and with its reasons.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/billing/domain/calculation.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/exact.h"
#include "services/billing/domain/rates.h"
#include "services/billing/domain/time_bands.h"

namespace bitrade::billing {

// Makes the lines of one claim.
class LineMaker {
 public:
  LineMaker(const Claim& claim, const RateTable& rates) : claim_(claim), rates_(rates) {}

  // Makes all lines, in the claim's order. Errors: RATE_UNKNOWN.
  absl::Status Make();

  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  // Returns the sum of outlays and mileage on which VAT is charged.
  Exact taxable_outlays() const { return taxable_outlays_; }

 private:
  absl::Status AddWork();
  absl::Status AddTimeLoss();
  absl::Status AddPart(const std::string& source, const BandPart& part, int total_minutes);
  void AddOutlays();
  absl::Status AddMileage();
  absl::StatusOr<const Rate*> RateOf(RateKind kind) const;
  // Each warning is given once.
  void Warn(absl::string_view warning);

  const Claim& claim_;
  const RateTable& rates_;
  std::vector<Line> lines_;
  std::vector<std::string> warnings_;
  Exact taxable_outlays_;
};

}  // namespace bitrade::billing
