// Work in the background: run again and again in a thread with a session of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/postgres/connection.h"

namespace bitrade::rpc {

class Recurring {
 public:
  // Runs `work` now and then every `period`. A failed round is the next one's business; `work` logs
  // what is worth it.
  Recurring(std::string conninfo, absl::Duration period,
            std::function<void(postgres::Connection&)> work);
  // Waits for a round under way.
  ~Recurring();

 private:
  void Run();

  const absl::Duration period_;
  const std::function<void(postgres::Connection&)> work_;
  postgres::Connection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace bitrade::rpc
