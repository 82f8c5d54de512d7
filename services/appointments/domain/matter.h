// A matter before the agency (Swedish: ärende), as a case system registers it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/appointments/domain/applicant.h"
#include "services/appointments/domain/ids.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

// How a matter is handled; what is handled on paper is not shown. Names as stored: DIGITAL, PAPER.
enum class Handling { kDigital, kPaper };
absl::string_view HandlingName(Handling handling);
// Precondition: `name` is one that HandlingName gives.
Handling ParseHandling(absl::string_view name);

struct MatterDetails {
  std::string number;     // the agency's (Swedish: ärendenummer), at most 40 characters
  std::string category;   // a code of the case categories
  std::string authority;  // "MIGRATION_AGENCY"
  std::string instance;   // FIRST, MIGRATION_COURT, MIGRATION_COURT_OF_APPEAL
  Handling handling = Handling::kDigital;
  std::vector<ApplicantDetails> applicants;  // 1 to 50
};

struct Matter {
  MatterId id;
  std::string number;
  std::string category;
  std::string authority;
  std::string instance;
  Handling handling = Handling::kDigital;
  std::vector<Applicant> applicants;
  absl::Time create_time;
};

// Tells whether `id` is an applicant of `matter`.
bool HasApplicant(const Matter& matter, const ApplicantId& id);

inline const Reason kMatterNumberTaken{
    "MATTER_NUMBER_TAKEN",
    absl::StatusCode::kAlreadyExists,
    {"Matter number taken", "A matter with this number is already registered."},
    {"Ärendenumret finns redan", "Ett ärende med det här numret är redan registrerat."}};

// Checks a new matter and its applicants; collects all faults, with the fields' names in
// RegisterMatterRequest. Whether the category is one of the day is a question to its table.
//
// Errors: PROTECTED_CONTACT_REFUSED, INVALID_REQUEST.
absl::Status CheckMatter(const MatterDetails& details, absl::CivilDay today);

}  // namespace bitrade::appointments
