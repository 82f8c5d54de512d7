#include "services/retention/activities/upkeep.h"

#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"

namespace bitrade::retention {
namespace {

constexpr int kDisposedAtOnce = 500;

}  // namespace

void Upkeep::Round(postgres::Connection& connection) {
  const absl::Time now = clock_.TimeNow();
  const absl::Status reminded = Remind(connection, now);
  if (!reminded.ok()) {
    log::Write(log::Level::kWarning, "reminders wait", now,
               {{"code", absl::StatusCodeToString(reminded.code())}});
  }
  Dispose(connection, now);
}

absl::Status Upkeep::Remind(postgres::Connection& connection, absl::Time now) {
  return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
    for (const EndingDelegation& ending : store_.EndingSoon(tx, now)) {
      store_.Keep(tx, {kReminders, ending.id.text()},
                  {.id = ids_.New<ActivityId>(now),
                   .counsel = ending.counsel,
                   .delegate = ending.delegate,
                   .delegation = ending.id,
                   .action = Action::kDelegationEndsSoon,
                   .by = By::kService,
                   .operation = "",
                   .object_ids = {ending.id.text()},
                   .time = now});
    }
    return absl::OkStatus();
  });
}

void Upkeep::Dispose(postgres::Connection& connection, absl::Time now) {
  int gone = 0;
  for (bool more = true; more;) {
    const absl::StatusOr<int> disposed =
        connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<int> {
          return store_.DisposeDue(tx, now, kDisposedAtOnce);
        });
    more = disposed.ok() && *disposed == kDisposedAtOnce;
    if (disposed.ok()) gone += *disposed;
  }
  if (gone > 0) {
    log::Write(log::Level::kInfo, "activities disposed of", now,
               {{"count", absl::StrCat(gone), true}});
  }
}

}  // namespace bitrade::retention
