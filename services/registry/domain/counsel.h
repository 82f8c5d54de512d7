// A counsel of the register (Swedish: offentligt biträde i förteckningen), and what an entry must
// hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::registry {

// The id that identity gave the person.
using CounselId = Id<struct CounselTag>;

// What makes a lawyer eligible. Names as stored: ADVOCATE, ASSOCIATE, OTHER_LAWYER.
// Source: lag (1996:1620) om offentligt biträde 5 §. See docs/legal-sources.md (appointing).
enum class Qualification { kAdvocate, kAssociate, kOtherLawyer };
absl::string_view QualificationName(Qualification qualification);
// Precondition: `name` is one that QualificationName gives.
Qualification ParseQualification(absl::string_view name);

// Whether the agency appoints the counsel of its own motion. Governs appointing, never entering.
// Names as stored: LISTED, ON_REQUEST_ONLY, REMOVED, INELIGIBLE. Source of INELIGIBLE:
// utlänningslagen (2005:716) 13 kap. 11 a §. See docs/legal-sources.md (ineligibility).
enum class Listing { kListed, kOnRequestOnly, kRemoved, kIneligible };
absl::string_view ListingName(Listing listing);
// Precondition: `name` is one that ListingName gives.
Listing ParseListing(absl::string_view name);

// How far the counsel's own whereabouts are protected. Above UNPROTECTED there is nothing to leak:
// neither workplace nor phone nor e-mail is taken in, only the way through the agency. Names as
// stored: UNPROTECTED, SECRECY_MARKER, PROTECTED_REGISTRATION, ASSUMED_IDENTITY. Source:
// offentlighets- och sekretesslagen (2009:400) 21 kap. 3, 3 a §§. See docs/legal-sources.md
// (protection).
enum class ProtectionLevel {
  kUnprotected,
  kSecrecyMarker,
  kProtectedRegistration,
  kAssumedIdentity
};
absl::string_view ProtectionName(ProtectionLevel level);
// Precondition: `name` is one that ProtectionName gives.
ProtectionLevel ParseProtection(absl::string_view name);

// Where clients are received (Swedish: arbetsställe); tied to the person, without a company's name.
struct Address {
  std::string street;
  std::string postal_code;  // five digits
  std::string city;
};

// Where a counsel is found and reached.
struct Contact {
  Address workplace;
  std::string phone;  // E.164
  std::string email;
};

// What a counsel tells of oneself and the register keeps.
struct CounselDetails {
  std::string name;  // at most 200 characters
  Qualification qualification = Qualification::kAdvocate;
  ProtectionLevel protection = ProtectionLevel::kUnprotected;
  std::optional<Contact> contact;      // unset for a protected counsel, and for no other
  std::string agency_channel;          // how a protected counsel is reached through the agency
  std::vector<std::string> languages;  // ISO 639-1, each once
  bool f_tax = false;
  std::string vat_number;  // empty when not registered for VAT
};

struct Counsel {
  CounselId id;
  CounselDetails details;
  Listing listing = Listing::kListed;
  int64_t version = 1;  // the etag; what others store as the register's version
  absl::Time create_time;
  absl::Time update_time;
};

inline const Reason kCounselAlreadyRegistered{
    "COUNSEL_ALREADY_REGISTERED",
    absl::StatusCode::kAlreadyExists,
    {"Already registered", "This person is already in the register of counsel."},
    {"Redan registrerad", "Den här personen finns redan i förteckningen över biträden."}};

inline const Reason kProtectedWorkplaceRefused{
    "PROTECTED_WORKPLACE_REFUSED",
    absl::StatusCode::kInvalidArgument,
    {"Workplace refused",
     "Workplace, phone and e-mail of a counsel with protected identity are not taken in; give the "
     "agency channel alone."},
    {"Arbetsställe tas inte emot",
     "Arbetsställe, telefon och e-post för ett biträde med skyddade personuppgifter tas inte emot; "
     "ange bara vägen genom myndigheten."}};

// Refuses the whereabouts of a protected counsel. Comes before any other check, so that no fault
// report speaks of them.
//
// Errors: PROTECTED_WORKPLACE_REFUSED.
absl::Status CheckProtection(const CounselDetails& details);

// Returns all faults of what a new entry says, with the fields' names in RegisterCounselRequest.
Violations FaultsOf(const CounselDetails& details);

// Tells whether `text` is a Swedish VAT number: "SE", ten digits of which the last is a check
// digit, two digits.
bool IsVatNumber(absl::string_view text);

}  // namespace bitrade::registry
