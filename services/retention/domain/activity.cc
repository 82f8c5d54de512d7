#include "services/retention/domain/activity.h"

#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "services/common/base/names.h"

namespace bitrade::retention {
namespace {

constexpr std::array<std::pair<Action, const char*>, 9> kActions{
    {{Action::kRead, "READ"},
     {Action::kDownloaded, "DOWNLOADED"},
     {Action::kChanged, "CHANGED"},
     {Action::kDelegationAccepted, "DELEGATION_ACCEPTED"},
     {Action::kDelegationEnded, "DELEGATION_ENDED"},
     {Action::kFirstLogIn, "FIRST_LOG_IN"},
     {Action::kNewBrowser, "NEW_BROWSER"},
     {Action::kBulkDownload, "BULK_DOWNLOAD"},
     {Action::kDelegationEndsSoon, "DELEGATION_ENDS_SOON"}}};

constexpr std::array<std::pair<By, const char*>, 4> kBys{{{By::kDelegate, "DELEGATE"},
                                                          {By::kCounsel, "COUNSEL"},
                                                          {By::kAgency, "AGENCY"},
                                                          {By::kService, "SERVICE"}}};

}  // namespace

absl::string_view ActionName(Action action) { return NameIn(kActions, action); }
Action ParseAction(absl::string_view name) { return ValueIn(kActions, name); }
absl::string_view ByName(By by) { return NameIn(kBys, by); }
By ParseBy(absl::string_view name) { return ValueIn(kBys, name); }

absl::string_view OperationOf(absl::string_view rpc) {
  const size_t slash = rpc.rfind('/');
  return slash == absl::string_view::npos ? rpc : rpc.substr(slash + 1);
}

Action ActionOf(absl::string_view operation) {
  if (absl::StartsWith(operation, "Download")) return Action::kDownloaded;
  const bool reads = absl::StartsWith(operation, "Get") || absl::StartsWith(operation, "List");
  return reads ? Action::kRead : Action::kChanged;
}

By WhoActed(absl::string_view actor, const CounselId& counsel, const PersonId& delegate) {
  if (actor == delegate.text()) return By::kDelegate;
  return actor == counsel.text() ? By::kCounsel : By::kAgency;
}

}  // namespace bitrade::retention
