#include "services/appointments/domain/flag.h"

#include "services/appointments/domain/conflict.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

TEST_CASE("Ineligibility and removal flag, whatever else a listing says does not",
          "[appointments][domain]") {
  CHECK(FlagOf(Listing::kIneligible) == FlagKind::kCounselIneligible);
  CHECK(FlagOf(Listing::kRemoved) == FlagKind::kCounselRemoved);
  CHECK_FALSE(FlagOf(Listing::kListed).has_value());
  CHECK_FALSE(FlagOf(Listing::kOnRequestOnly).has_value());
}

TEST_CASE("Kinds of flags are stored under names of their own", "[appointments][domain]") {
  for (const FlagKind kind :
       {FlagKind::kCounselIneligible, FlagKind::kCounselRemoved, FlagKind::kConflict}) {
    CHECK(ParseFlagKind(FlagKindName(kind)) == kind);
  }
}

TEST_CASE("Nobody's interests are opposed to her own", "[appointments][domain]") {
  const auto amina = ApplicantId::Trusted("00000000-0000-7000-8000-000000000001");
  const auto bilal = ApplicantId::Trusted("00000000-0000-7000-8000-000000000002");

  CHECK(CheckSides(amina, bilal).ok());
  CHECK(DetailsOf(CheckSides(amina, amina)).violations.at(0).field == "opposed_applicant_id");
}

}  // namespace
}  // namespace bitrade::appointments
