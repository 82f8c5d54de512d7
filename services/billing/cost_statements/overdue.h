// Watches for what the agency does not register in time. Looks at the rows themselves, so that no
// lost event can hide anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "services/billing/cost_statements/receipt_store.h"
#include "services/common/base/clock.h"
#include "services/common/rpc/process.h"
#include "services/common/rpc/recurring.h"

namespace bitrade::billing {

// Thread-safe. Counts in a thread of its own until destroyed; `receipts` and `clock` outlive it.
class OverdueWatch {
 public:
  // A filing is overdue when it has not been registered for `patience`.
  OverdueWatch(const std::string& conninfo, absl::Duration patience, ReceiptStore& receipts,
               const Clock& clock);

  // Returns how many filings are overdue: each is an alarm.
  int64_t overdue() const { return overdue_; }
  // Tells whether they have been counted at all.
  bool counted() const { return counted_; }

 private:
  void Count(postgres::Connection& connection);

  const absl::Duration patience_;
  ReceiptStore& receipts_;
  const Clock& clock_;
  std::atomic<int64_t> overdue_{0};
  std::atomic<bool> counted_{false};
  rpc::Recurring counting_;
};

// Starts the watch of a process, with its gauge.
void WatchOverdue(rpc::Process& process, ReceiptStore& receipts, absl::Duration patience);

}  // namespace bitrade::billing
