#include "services/appointments/domain/availability.h"

#include <array>
#include <utility>

#include "services/common/base/names.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<AvailabilityStatus, const char*>, 3> kStatuses{
    {{AvailabilityStatus::kTakesNew, "TAKES_NEW"},
     {AvailabilityStatus::kOnlyIfRequested, "ONLY_IF_REQUESTED"},
     {AvailabilityStatus::kTakesNone, "TAKES_NONE"}}};

constexpr std::array<std::pair<Listing, const char*>, 4> kListings{
    {{Listing::kListed, "LISTED"},
     {Listing::kOnRequestOnly, "ON_REQUEST_ONLY"},
     {Listing::kRemoved, "REMOVED"},
     {Listing::kIneligible, "INELIGIBLE"}}};

}  // namespace

absl::string_view AvailabilityName(AvailabilityStatus status) { return NameIn(kStatuses, status); }

AvailabilityStatus ParseAvailability(absl::string_view name) { return ValueIn(kStatuses, name); }

Availability SetStatus(Availability availability, AvailabilityStatus status, absl::Time now) {
  if (availability.status == status) return availability;
  availability.status = status;
  ++availability.version;
  availability.update_time = now;
  return availability;
}

absl::string_view ListingName(Listing listing) { return NameIn(kListings, listing); }

Listing ParseListing(absl::string_view name) { return ValueIn(kListings, name); }

absl::Status CheckCandidate(const Candidate& candidate, Trigger trigger) {
  const auto ex_officio = trigger == Trigger::kExOfficio;
  if (candidate.listing == Listing::kRemoved || candidate.listing == Listing::kIneligible) {
    return Refuse(kCounselNotEligible);
  }
  if (candidate.listing == Listing::kOnRequestOnly && ex_officio)
    return Refuse(kCounselOnRequestOnly);
  if (candidate.status == AvailabilityStatus::kTakesNone) return Refuse(kCounselTakesNone);
  if (candidate.status == AvailabilityStatus::kOnlyIfRequested && ex_officio) {
    return Refuse(kCounselOnlyIfRequested);
  }
  if (candidate.in_force >= candidate.capacity) return Refuse(kCapacityReached);
  return absl::OkStatus();
}

}  // namespace bitrade::appointments
