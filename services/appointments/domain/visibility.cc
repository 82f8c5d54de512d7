#include "services/appointments/domain/visibility.h"

#include <algorithm>

#include "services/common/base/civil_months.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::appointments {
namespace {

constexpr int kMonthsAfterTheMatter = 3;
constexpr int kDaysAfterRelease = 14;

std::optional<absl::CivilDay> Earliest(std::optional<absl::CivilDay> a,
                                       std::optional<absl::CivilDay> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// Unset while any applicant has no end.
std::optional<absl::Time> LatestEnd(const std::vector<ApplicantDecisions>& applicants) {
  std::optional<absl::Time> latest;
  for (const ApplicantDecisions& decisions : applicants) {
    const auto end = ApplicantEnd(decisions);
    if (!end) return std::nullopt;
    latest = latest ? std::max(*latest, *end) : *end;
  }
  return latest;
}

}  // namespace

std::optional<absl::Time> ApplicantEnd(const ApplicantDecisions& decisions) {
  std::optional<absl::Time> last;
  for (const MainDecision& decision : decisions) {
    const auto ended = Earliest(decision.legal_force, decision.appeal_handed_over);
    if (!ended) return std::nullopt;
    const absl::Time end = EndOfSwedishDay(AddMonths(*ended, kMonthsAfterTheMatter));
    last = last ? std::max(*last, end) : end;
  }
  return last;
}

std::optional<absl::Time> EndOfSight(const std::vector<ApplicantDecisions>& applicants,
                                     std::optional<absl::CivilDay> released) {
  const auto end = LatestEnd(applicants);
  if (!released) return end;
  const absl::Time after_release = EndOfSwedishDay(*released + kDaysAfterRelease);
  return end ? std::min(*end, after_release) : after_release;
}

std::optional<absl::Time> EndOfFilings(
    const std::vector<std::optional<absl::CivilDay>>& compensation) {
  std::optional<absl::Time> last;
  for (const auto& legal_force : compensation) {
    if (!legal_force) return std::nullopt;
    const absl::Time end = EndOfSwedishDay(AddMonths(*legal_force, kMonthsAfterTheMatter));
    last = last ? std::max(*last, end) : end;
  }
  return last;
}

int64_t EndMicros(std::optional<absl::Time> end) {
  return end ? absl::ToUnixMicros(*end) : kNoEndUs;
}

}  // namespace bitrade::appointments
