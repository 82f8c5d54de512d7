// The person who is assisted (Swedish: sökande), and what is kept of a protected one.
//
// Protected identity is absence, not a filter: above UNPROTECTED no contact details are taken in,
// so that there is nothing to leak; only the way through the agency is kept. Source: offentlighets-
// och sekretesslagen (2009:400) 21 kap. 3, 3 a §§. See docs/legal-sources.md (protection).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/appointments/domain/identifier.h"
#include "services/appointments/domain/ids.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

// Names as stored: UNPROTECTED, SECRECY_MARKER, PROTECTED_REGISTRATION, ASSUMED_IDENTITY.
enum class ProtectionLevel {
  kUnprotected,
  kSecrecyMarker,
  kProtectedRegistration,
  kAssumedIdentity
};
absl::string_view ProtectionName(ProtectionLevel level);
// Precondition: `name` is one that ProtectionName gives.
ProtectionLevel ParseProtection(absl::string_view name);

// Where a person can be reached. What is not known is empty.
struct Contact {
  std::string address;  // at most 300 characters
  std::string phone;    // E.164
  std::string email;
};

struct ApplicantDetails {
  std::string name;  // at most 200 characters
  std::optional<absl::CivilDay> birth_date;
  std::vector<std::string> citizenships;  // ISO 3166-1 alpha-2, each once
  std::vector<std::string> languages;     // ISO 639-1, each once
  ProtectionLevel protection = ProtectionLevel::kUnprotected;
  std::optional<Contact> contact;       // unset for a protected person
  std::string agency_channel;           // how a protected person is reached through the agency
  std::vector<Identifier> identifiers;  // taken in, never answered
};

struct Applicant {
  ApplicantId id;
  ApplicantDetails details;
};

inline const Reason kProtectedContactRefused{
    "PROTECTED_CONTACT_REFUSED",
    absl::StatusCode::kInvalidArgument,
    {"Contact details refused",
     "Contact details of a person with protected identity are not taken in; give the agency "
     "channel alone."},
    {"Kontaktuppgifter tas inte emot",
     "Kontaktuppgifter för den som har skyddade personuppgifter tas inte emot; ange bara vägen "
     "genom myndigheten."}};

// Refuses contact details of a protected person. Comes before any other check, so that no fault
// report quotes them.
//
// Errors: PROTECTED_CONTACT_REFUSED.
absl::Status CheckProtection(const ApplicantDetails& details);

// Raises the protection of an applicant: contact details are gone, and `channel` is the only way
// that is left. The level that holds already only gets the channel.
//
// Errors: INVALID_REQUEST for a lower level, for UNPROTECTED and for a channel that is none.
absl::StatusOr<ApplicantDetails> RaiseProtection(ApplicantDetails details, ProtectionLevel level,
                                                 absl::string_view channel);

// Adds the faults of an applicant to `violations`, with `field` ("applicants[0]") before their
// names. `today` bounds days of birth.
void CheckApplicant(const ApplicantDetails& details, absl::string_view field, absl::CivilDay today,
                    Violations& violations);

}  // namespace bitrade::appointments
