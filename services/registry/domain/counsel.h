// A counsel of the register (Swedish: offentligt biträde i förteckningen), and what an entry must
// hold.
#pragma once

#include <cstdint>
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

// Where clients are received (Swedish: arbetsställe); tied to the person, without a company's name.
struct Address {
  std::string street;
  std::string postal_code;  // five digits
  std::string city;
};

// What a counsel tells of oneself and the register keeps.
struct CounselDetails {
  std::string name;  // at most 200 characters
  Qualification qualification = Qualification::kAdvocate;
  Address workplace;
  std::string phone;  // E.164
  std::string email;
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

// Returns all faults of what a new entry says, with the fields' names in RegisterCounselRequest.
Violations FaultsOf(const CounselDetails& details);

// Tells whether `text` is a Swedish VAT number: "SE", ten digits of which the last is a check
// digit, two digits.
bool IsVatNumber(absl::string_view text);

}  // namespace bitrade::registry
