#include "tests/eid-sim/simulator.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"

namespace bitrade::eidsim {
namespace {

absl::StatusOr<std::optional<Credential>> Read(const SigningRoot& root) {
  if (root.certificate_file.empty() && root.key_file.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(Credential read, ReadCredential(root.certificate_file, root.key_file));
  return std::optional<Credential>(std::move(read));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Simulator>> Simulator::Start(const SimulatorConfig& config,
                                                            const Clock& clock) {
  ASSIGN_OR_RETURN(std::optional<Credential> root, Read(config.signing_root));
  std::unique_ptr<Simulator> simulator(new Simulator(clock, std::move(root)));
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
