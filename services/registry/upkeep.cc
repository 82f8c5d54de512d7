#include "services/registry/upkeep.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"

namespace bitrade::registry {
namespace {

constexpr int kTicketsAtOnce = 100;

int DisposeOfTickets(postgres::Connection& connection, SupportTicketStore& tickets,
                     absl::Time now) {
  int gone = 0;
  for (bool more = true; more;) {
    const absl::StatusOr<int> disposed =
        connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<int> {
          return tickets.DisposeDue(tx, now, kTicketsAtOnce);
        });
    more = disposed.ok() && *disposed == kTicketsAtOnce;
    if (disposed.ok()) gone += *disposed;
  }
  return gone;
}

}  // namespace

void Tidy(postgres::Connection& connection, Stores& stores, absl::Time now) {
  const int gone = DisposeOfTickets(connection, stores.support_tickets, now);
  if (gone > 0) {
    log::Write(log::Level::kInfo, "support tickets disposed of", now,
               {{"count", absl::StrCat(gone), true}});
  }
  const absl::Status forgotten =
      connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
        stores.browsers.ForgetEnded(tx, now);
        return absl::OkStatus();
      });
  if (!forgotten.ok()) {
    log::Write(log::Level::kWarning, "upkeep waits", now,
               {{"code", absl::StatusCodeToString(forgotten.code())}});
  }
}

std::shared_ptr<rpc::Recurring> TidyNowAndThen(const std::string& conninfo, Stores& stores,
                                               const Clock& clock) {
  return std::make_shared<rpc::Recurring>(conninfo, absl::Minutes(1),
                                          [&stores, &clock](postgres::Connection& connection) {
                                            Tidy(connection, stores, clock.TimeNow());
                                          });
}

}  // namespace bitrade::registry
