// What operations ask a process on a port of its own: /livez, /readyz, /startupz and /metrics.
// Plain HTTP for the cluster's inside, one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"

namespace bitrade::rpc {

struct AdminAnswers {
  std::function<bool()> ready;    // may get traffic now
  std::function<bool()> started;  // has finished starting
  std::function<std::string()> metrics;
};

class AdminServer {
 public:
  // Listens on `address` ("127.0.0.1:7501"). Errors: UNAVAILABLE when it cannot.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(const std::string& address,
                                                            AdminAnswers answers);
  ~AdminServer();

 private:
  struct State;
  explicit AdminServer(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
  std::thread thread_;
};

}  // namespace bitrade::rpc
