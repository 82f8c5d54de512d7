#include "services/registry/domain/grant.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/common/base/civil_months.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::registry {
namespace {

// What stays with the counsel, whatever she would sign.
constexpr std::array<absl::string_view, 4> kNeverDelegable{"delegations:write", "payout:write",
                                                           "register:write", "submissions:send"};
constexpr absl::string_view kSessionsPrefix = "sessions:";

constexpr int kDefaultMonths = 6;
constexpr int kMostMonths = 12;

bool IsNeverDelegable(absl::string_view scope) {
  return scope.substr(0, kSessionsPrefix.size()) == kSessionsPrefix ||
         std::find(kNeverDelegable.begin(), kNeverDelegable.end(), scope) != kNeverDelegable.end();
}

bool IsDelegable(const std::string& scope) {
  const std::vector<std::string>& known = DelegableScopes();
  return std::binary_search(known.begin(), known.end(), scope);
}

}  // namespace

const Reason kScopeNotDelegable{
    "SCOPE_NOT_DELEGABLE",
    absl::StatusCode::kInvalidArgument,
    {"Cannot be handed over", "Only the counsel may do this; no delegate can: {scope}."},
    {"Kan inte överlåtas", "Bara biträdet får göra detta, inget ombud kan: {scope}."}};

const Reason kDelegateIsPrincipal{
    "DELEGATE_IS_PRINCIPAL",
    absl::StatusCode::kInvalidArgument,
    {"Yourself", "A counsel needs no delegation from herself."},
    {"Du själv", "Ett biträde behöver ingen behörighet från sig själv."}};

const Reason kTooManyDelegates{
    "TOO_MANY_DELEGATES",
    absl::StatusCode::kFailedPrecondition,
    {"Too many delegates", "A counsel has at most ten delegates; revoke one first."},
    {"För många ombud", "Ett biträde har högst tio ombud; återkalla ett först."}};

absl::Time Period::begin() const { return EndOfSwedishDay(from - 1); }
absl::Time Period::end() const { return EndOfSwedishDay(to); }

const std::vector<std::string>& DelegableScopes() {
  static const auto& scopes =
      *new std::vector<std::string>{"appointments:read", "availability:write", "documents:read",
                                    "drafts:write", "workplace:write"};
  return scopes;
}

absl::StatusOr<std::vector<std::string>> CheckScopes(std::vector<std::string> scopes) {
  if (scopes.empty()) scopes = {kDefaultScope};
  Violations violations;
  for (size_t i = 0; i < scopes.size(); ++i) {
    if (IsNeverDelegable(scopes[i])) return Refuse(kScopeNotDelegable, {{"scope", scopes[i]}});
    if (!IsDelegable(scopes[i])) {
      violations.Add(absl::StrCat("scopes[", i, "]"), "UNKNOWN", "a scope that can be handed over");
    }
  }
  RETURN_IF_ERROR(violations.ToStatus());
  std::sort(scopes.begin(), scopes.end());
  if (std::adjacent_find(scopes.begin(), scopes.end()) != scopes.end()) {
    violations.Add("scopes", "REPEATED", "each scope once");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return scopes;
}

absl::StatusOr<Period> CheckPeriod(std::optional<absl::CivilDay> from,
                                   std::optional<absl::CivilDay> to, absl::CivilDay today) {
  const absl::CivilDay first = from.value_or(today);
  const Period period{first, to.value_or(AddMonths(first, kDefaultMonths))};
  Violations violations;
  if (period.from < today) violations.Add("valid_from_date", "OUT_OF_RANGE", "not before today");
  if (period.to < period.from) {
    violations.Add("valid_to_date", "OUT_OF_RANGE", "not before the first day");
  }
  if (period.to > AddMonths(today, kMostMonths)) {
    violations.Add("valid_to_date", "OUT_OF_RANGE", "at most twelve months from today");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return period;
}

absl::Status CheckInvitation(const CounselId& principal, const PersonId& delegate, int others) {
  if (principal.text() == delegate.text()) return Refuse(kDelegateIsPrincipal);
  if (others >= kMostDelegates) return Refuse(kTooManyDelegates);
  return absl::OkStatus();
}

}  // namespace bitrade::registry
