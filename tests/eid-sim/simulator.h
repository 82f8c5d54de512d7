// BankID on this machine: orders behind the relying-party interface (TLS with client certificates)
// and the control interface (plain HTTP). Both on loopback alone.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/control_api.h"
#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http_server.h"
#include "tests/eid-sim/orders.h"
#include "tests/eid-sim/rp_api.h"

namespace bitrade::eidsim {

// Port 0 takes any.
struct SimulatorConfig {
  int rp_port = 0;
  int control_port = 0;
  ServerTls tls;
};

// Serves from Start until it is destroyed. `clock` must outlive it.
class Simulator {
 public:
  static absl::StatusOr<std::unique_ptr<Simulator>> Start(const SimulatorConfig& config,
                                                          const Clock& clock);

  int rp_port() const { return rp_server_->port(); }
  int control_port() const { return control_server_->port(); }
  Orders& orders() { return orders_; }
  Faults& faults() { return faults_; }

 private:
  explicit Simulator(const Clock& clock) : orders_(clock) {}

  Orders orders_;
  Faults faults_;
  RpApi rp_api_{orders_, faults_};
  ControlApi control_api_{orders_, faults_};
  std::unique_ptr<HttpServer> rp_server_;
  std::unique_ptr<HttpServer> control_server_;
};

}  // namespace bitrade::eidsim
