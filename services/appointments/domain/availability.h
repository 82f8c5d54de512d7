// Whether a counsel takes new appointments (Swedish: tillgänglighet), and whether a given counsel
// may be appointed.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/appointments/domain/ids.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

// Set by the counsel; exactly one of three. Names as stored: TAKES_NEW, ONLY_IF_REQUESTED,
// TAKES_NONE.
enum class AvailabilityStatus { kTakesNew, kOnlyIfRequested, kTakesNone };
absl::string_view AvailabilityName(AvailabilityStatus status);
// Precondition: `name` is one that AvailabilityName gives.
AvailabilityStatus ParseAvailability(absl::string_view name);

struct Availability {
  CounselId counsel;
  AvailabilityStatus status = AvailabilityStatus::kTakesNew;
  int capacity = 0;     // the most appointments at a time, set by the agency
  int64_t version = 1;  // the etag
  absl::Time update_time;
};

// Sets the counsel's own word. The version grows only by what is new.
Availability SetStatus(Availability availability, AvailabilityStatus status, absl::Time now);

// How the register lists a counsel. Names as stored: LISTED, ON_REQUEST_ONLY, REMOVED, INELIGIBLE.
enum class Listing { kListed, kOnRequestOnly, kRemoved, kIneligible };
absl::string_view ListingName(Listing listing);
// Precondition: `name` is one that ListingName gives.
Listing ParseListing(absl::string_view name);

// What the register says of a counsel.
struct RegisterFacts {
  int64_t version = 0;  // of the register's record; what was decided on it is stored with it
  Listing listing = Listing::kListed;
};

// How it came that this counsel is appointed.
enum class Trigger { kExOfficio, kRequestedByApplicant };

// What counts when a counsel is to be appointed.
struct Candidate {
  Listing listing = Listing::kListed;
  AvailabilityStatus status = AvailabilityStatus::kTakesNew;
  int capacity = 0;
  int in_force = 0;  // appointments that the counsel has now
};

inline const Reason kCounselNotEligible{
    "COUNSEL_NOT_ELIGIBLE",
    absl::StatusCode::kFailedPrecondition,
    {"Not eligible", "The counsel is removed from the register or declared ineligible."},
    {"Inte behörig", "Biträdet är borttaget ur förteckningen eller obehörigförklarat."}};

inline const Reason kCounselOnRequestOnly{
    "COUNSEL_ON_REQUEST_ONLY",
    absl::StatusCode::kFailedPrecondition,
    {"On request only",
     "The register lists this counsel for appointment on an applicant's request only."},
    {"Bara på begäran",
     "Biträdet står i förteckningen för att förordnas bara på den sökandes begäran."}};

inline const Reason kCounselTakesNone{
    "COUNSEL_TAKES_NONE",
    absl::StatusCode::kFailedPrecondition,
    {"Takes no new appointments", "The counsel takes no new appointments at present."},
    {"Tar inga nya uppdrag", "Biträdet tar för närvarande inga nya uppdrag."}};

inline const Reason kCounselOnlyIfRequested{
    "COUNSEL_ONLY_IF_REQUESTED",
    absl::StatusCode::kFailedPrecondition,
    {"Only if requested", "The counsel takes new appointments only if an applicant asks for them."},
    {"Bara om den sökande begär det", "Biträdet tar nya uppdrag bara om den sökande begär det."}};

inline const Reason kCapacityReached{
    "CAPACITY_REACHED",
    absl::StatusCode::kFailedPrecondition,
    {"Capacity reached",
     "The counsel already has as many appointments as the agency allows at a time."},
    {"Fullt", "Biträdet har redan så många uppdrag som myndigheten tillåter samtidigt."}};

// Tells whether a counsel may be appointed.
// Source: lag (1996:1620) om offentligt biträde 5 §, utlänningslagen (2005:716) 13 kap. 11 a §. See
// docs/legal-sources.md (appointing, ineligibility).
//
// Errors, in this order: COUNSEL_NOT_ELIGIBLE, COUNSEL_ON_REQUEST_ONLY, COUNSEL_TAKES_NONE,
// COUNSEL_ONLY_IF_REQUESTED, CAPACITY_REACHED.
absl::Status CheckCandidate(const Candidate& candidate, Trigger trigger);

}  // namespace bitrade::appointments
