// What is done in a counsel's name by her delegates, and how their delegations begin and end: the
// activity list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"

namespace bitrade::retention {

using ActivityId = Id<struct ActivityTag>;
using CounselId = Id<struct CounselTag>;
using DelegationId = Id<struct DelegationTag>;
using PersonId = Id<struct PersonTag>;

// Names as stored: READ, DOWNLOADED, CHANGED, DELEGATION_ACCEPTED, DELEGATION_ENDED; and notices,
// which the counsel should look at: FIRST_LOG_IN, NEW_BROWSER, BULK_DOWNLOAD, DELEGATION_ENDS_SOON.
enum class Action {
  kRead,
  kDownloaded,
  kChanged,
  kDelegationAccepted,
  kDelegationEnded,
  kFirstLogIn,
  kNewBrowser,
  kBulkDownload,
  kDelegationEndsSoon
};
absl::string_view ActionName(Action action);
// Precondition: `name` is one that ActionName gives.
Action ParseAction(absl::string_view name);

// Names as stored: DELEGATE, COUNSEL, AGENCY; SERVICE is the e-service itself.
enum class By { kDelegate, kCounsel, kAgency, kService };
absl::string_view ByName(By by);
// Precondition: `name` is one that ByName gives.
By ParseBy(absl::string_view name);

struct Activity {
  ActivityId id;
  CounselId counsel;
  PersonId delegate;
  std::optional<DelegationId> delegation;  // unset until it is known
  Action action = Action::kRead;
  By by = By::kDelegate;
  std::string operation;  // "GetDocument"; "" for what happened to a delegation, and for notices
  std::vector<std::string> object_ids;
  absl::Time time;
};

// How long before its last day the counsel is reminded of a delegation: in time for a new
// signature.
inline constexpr absl::Duration kReminderTime = absl::Hours(24 * 30);

// Returns the operation of an RPC: "GetDocument" of
// "bitrade.documents.v1.DocumentService/GetDocument".
absl::string_view OperationOf(absl::string_view rpc);

// Returns what an operation does, by its name: what neither gets, lists nor downloads changes
// something.
Action ActionOf(absl::string_view operation);

// Returns who ended or accepted a delegation, by the event's actor: a side of it or, being neither,
// the agency.
By WhoActed(absl::string_view actor, const CounselId& counsel, const PersonId& delegate);

}  // namespace bitrade::retention
