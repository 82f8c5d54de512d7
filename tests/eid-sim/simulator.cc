#include "tests/eid-sim/simulator.h"

#include "services/common/base/status_macros.h"

namespace bitrade::eidsim {

absl::StatusOr<std::unique_ptr<Simulator>> Simulator::Start(const SimulatorConfig& config,
                                                            const Clock& clock) {
  std::unique_ptr<Simulator> simulator(new Simulator(clock));
  ASSIGN_OR_RETURN(simulator->rp_server_,
                   HttpServer::Start(config.rp_port, config.tls,
                                     [&api = simulator->rp_api_](const HttpRequest& request) {
                                       return api.Answer(request);
                                     }));
  ASSIGN_OR_RETURN(simulator->control_server_,
                   HttpServer::Start(config.control_port, std::nullopt,
                                     [&api = simulator->control_api_](const HttpRequest& request) {
                                       return api.Answer(request);
                                     }));
  return simulator;
}

}  // namespace bitrade::eidsim
