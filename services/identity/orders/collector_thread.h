// The collector at work in the background.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "services/common/postgres/connection.h"
#include "services/identity/orders/collector.h"

namespace bitrade::identity {

class CollectorThread {
 public:
  // Starts collecting, with a session of its own. `collector` must outlive it.
  CollectorThread(Collector& collector, std::string conninfo);
  // Takes no more orders, and waits for the answers of those that were taken.
  ~CollectorThread();

 private:
  void Run();

  Collector& collector_;
  postgres::Connection connection_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace bitrade::identity
