#include "services/appointments/domain/availability.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;

constexpr Candidate kFree{.capacity = 20, .in_force = 0};

TEST_CASE("A listed counsel who takes new appointments may be appointed",
          "[appointments][domain]") {
  CHECK(CheckCandidate(kFree, Trigger::kExOfficio).ok());
  CHECK(CheckCandidate(kFree, Trigger::kRequestedByApplicant).ok());
}

TEST_CASE("Each stop has its name, and an applicant's request lifts some of them",
          "[appointments][domain]") {
  struct Row {
    Listing listing;
    AvailabilityStatus status;
    const char* ex_officio;
    const char* requested;
  };
  const Row row = GENERATE(
      Row{Listing::kRemoved, AvailabilityStatus::kTakesNew, "COUNSEL_NOT_ELIGIBLE",
          "COUNSEL_NOT_ELIGIBLE"},
      Row{Listing::kIneligible, AvailabilityStatus::kTakesNew, "COUNSEL_NOT_ELIGIBLE",
          "COUNSEL_NOT_ELIGIBLE"},
      Row{Listing::kOnRequestOnly, AvailabilityStatus::kTakesNew, "COUNSEL_ON_REQUEST_ONLY", ""},
      Row{Listing::kListed, AvailabilityStatus::kTakesNone, "COUNSEL_TAKES_NONE",
          "COUNSEL_TAKES_NONE"},
      Row{Listing::kListed, AvailabilityStatus::kOnlyIfRequested, "COUNSEL_ONLY_IF_REQUESTED", ""},
      Row{Listing::kOnRequestOnly, AvailabilityStatus::kOnlyIfRequested, "COUNSEL_ON_REQUEST_ONLY",
          ""});
  Candidate candidate = kFree;
  candidate.listing = row.listing;
  candidate.status = row.status;

  CHECK(ReasonOf(CheckCandidate(candidate, Trigger::kExOfficio)) == row.ex_officio);
  CHECK(ReasonOf(CheckCandidate(candidate, Trigger::kRequestedByApplicant)) == row.requested);
}

TEST_CASE("Capacity is a limit even on request", "[appointments][domain]") {
  CHECK(CheckCandidate({.capacity = 20, .in_force = 19}, Trigger::kExOfficio).ok());
  CHECK(ReasonOf(CheckCandidate({.capacity = 20, .in_force = 20},
                                Trigger::kRequestedByApplicant)) == "CAPACITY_REACHED");
}

TEST_CASE("Only another word makes a new version of availability", "[appointments][domain]") {
  const Availability before{.counsel = CounselId::Trusted("00000000-0000-7000-8000-000000000001"),
                            .capacity = 20,
                            .version = 3,
                            .update_time = absl::UnixEpoch()};
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);

  CHECK(SetStatus(before, AvailabilityStatus::kTakesNew, now).version == 3);
  const Availability changed = SetStatus(before, AvailabilityStatus::kTakesNone, now);
  CHECK(changed.version == 4);
  CHECK(changed.update_time == now);
}

}  // namespace
}  // namespace bitrade::appointments
