#include "services/appointments/domain/matter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/formats.h"
#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<Handling, const char*>, 2> kHandlings{
    {{Handling::kDigital, "DIGITAL"}, {Handling::kPaper, "PAPER"}}};

constexpr std::array<const char*, 3> kInstances{"FIRST", "MIGRATION_COURT",
                                                "MIGRATION_COURT_OF_APPEAL"};

constexpr size_t kMaxNumber = 40;
constexpr size_t kMaxApplicants = 50;

void CheckHead(const MatterDetails& details, Violations& violations) {
  if (!IsLine(details.number, kMaxNumber)) {
    violations.Add("matter_number", "MALFORMED", "1 to 40 characters in one line");
  }
  if (!IsCode(details.category))
    violations.Add("category", "MALFORMED", "a code such as ASYLUM_ADULT");
  if (!IsCode(details.authority))
    violations.Add("authority", "MALFORMED", "a code such as MIGRATION_AGENCY");
  if (std::none_of(kInstances.begin(), kInstances.end(),
                   [&](const char* known) { return details.instance == known; })) {
    violations.Add("instance", "UNKNOWN", "FIRST, MIGRATION_COURT or MIGRATION_COURT_OF_APPEAL");
  }
}

}  // namespace

absl::string_view HandlingName(Handling handling) { return NameIn(kHandlings, handling); }

Handling ParseHandling(absl::string_view name) { return ValueIn(kHandlings, name); }

bool HasApplicant(const Matter& matter, const ApplicantId& id) {
  return std::any_of(matter.applicants.begin(), matter.applicants.end(),
                     [&](const Applicant& applicant) { return applicant.id == id; });
}

absl::Status CheckMatter(const MatterDetails& details, absl::CivilDay today) {
  for (const ApplicantDetails& applicant : details.applicants) {
    RETURN_IF_ERROR(CheckProtection(applicant));
  }
  Violations violations;
  CheckHead(details, violations);
  if (details.applicants.empty() || details.applicants.size() > kMaxApplicants) {
    violations.Add("applicants", "OUT_OF_RANGE", "1 to 50");
  }
  for (size_t index = 0; index < details.applicants.size(); ++index) {
    CheckApplicant(details.applicants[index], absl::StrCat("applicants[", index, "]"), today,
                   violations);
  }
  return violations.ToStatus();
}

}  // namespace bitrade::appointments
