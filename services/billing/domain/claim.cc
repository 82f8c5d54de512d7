#include "services/billing/domain/claim.h"

namespace bitrade::billing {
namespace {

constexpr Instance kInstances[] = {Instance::kFirst, Instance::kMigrationCourt,
                                   Instance::kMigrationCourtOfAppeal};
constexpr OutlayType kOutlayTypes[] = {
    OutlayType::kInterpreter, OutlayType::kTravel, OutlayType::kHotel, OutlayType::kDailyAllowance,
    OutlayType::kParking,     OutlayType::kExpert, OutlayType::kOther};

}  // namespace

absl::string_view InstanceName(Instance instance) {
  switch (instance) {
    case Instance::kFirst:
      return "FIRST";
    case Instance::kMigrationCourt:
      return "MIGRATION_COURT";
    case Instance::kMigrationCourtOfAppeal:
      return "MIGRATION_COURT_OF_APPEAL";
  }
  return "";
}

std::optional<Instance> ParseInstance(absl::string_view name) {
  for (const Instance instance : kInstances) {
    if (InstanceName(instance) == name) return instance;
  }
  return std::nullopt;
}

absl::string_view OutlayTypeName(OutlayType type) {
  switch (type) {
    case OutlayType::kInterpreter:
      return "INTERPRETER";
    case OutlayType::kTravel:
      return "TRAVEL";
    case OutlayType::kHotel:
      return "HOTEL";
    case OutlayType::kDailyAllowance:
      return "DAILY_ALLOWANCE";
    case OutlayType::kParking:
      return "PARKING";
    case OutlayType::kExpert:
      return "EXPERT";
    case OutlayType::kOther:
      return "OTHER";
  }
  return "";
}

std::optional<OutlayType> ParseOutlayType(absl::string_view name) {
  for (const OutlayType type : kOutlayTypes) {
    if (OutlayTypeName(type) == name) return type;
  }
  return std::nullopt;
}

}  // namespace bitrade::billing
