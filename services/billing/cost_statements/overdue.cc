#include "services/billing/cost_statements/overdue.h"

#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"

namespace bitrade::billing {
namespace {

constexpr absl::Duration kPeriod = absl::Seconds(10);

}  // namespace

OverdueWatch::OverdueWatch(const std::string& conninfo, absl::Duration patience,
                           ReceiptStore& receipts, const Clock& clock)
    : patience_(patience),
      receipts_(receipts),
      clock_(clock),
      counting_(conninfo, kPeriod,
                [this](postgres::Connection& connection) { Count(connection); }) {}

void OverdueWatch::Count(postgres::Connection& connection) {
  const absl::Time now = clock_.TimeNow();
  int64_t count = 0;
  const absl::Status counted = connection.Read([&](postgres::Transaction& tx) {
    count = receipts_.CountUnregistered(tx, now - patience_);
    return absl::OkStatus();
  });
  if (!counted.ok()) return;
  const int64_t before = overdue_.exchange(count);
  counted_ = true;
  // What stands still is told once, not every round.
  if (count > before) {
    log::Write(log::Level::kError, "filed cost statements are not registered in time", now,
               {{"overdue", absl::StrCat(count), true}});
  }
}

void WatchOverdue(rpc::Process& process, ReceiptStore& receipts, absl::Duration patience) {
  auto watch = std::make_shared<OverdueWatch>(process.config().database_url, patience, receipts,
                                              process.clock());
  process.metrics().Gauge("bitrade_overdue_filings", "Filings not registered in time",
                          [w = watch.get()] { return static_cast<double>(w->overdue()); });
  process.Keep(watch);
}

}  // namespace bitrade::billing
