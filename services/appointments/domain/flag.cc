#include "services/appointments/domain/flag.h"

#include <array>
#include <utility>

#include "services/common/base/names.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<FlagKind, const char*>, 3> kKinds{
    {{FlagKind::kCounselIneligible, "COUNSEL_INELIGIBLE"},
     {FlagKind::kCounselRemoved, "COUNSEL_REMOVED"},
     {FlagKind::kConflict, "CONFLICT_OF_INTEREST"}}};

}  // namespace

absl::string_view FlagKindName(FlagKind kind) { return NameIn(kKinds, kind); }

FlagKind ParseFlagKind(absl::string_view name) { return ValueIn(kKinds, name); }

std::optional<FlagKind> FlagOf(Listing listing) {
  switch (listing) {
    case Listing::kIneligible:
      return FlagKind::kCounselIneligible;
    case Listing::kRemoved:
      return FlagKind::kCounselRemoved;
    case Listing::kListed:
    case Listing::kOnRequestOnly:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace bitrade::appointments
