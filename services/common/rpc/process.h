// A service's process: everything that all six have, made in the order of dependence, served until
// SIGTERM and drained.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/process_config.h"
#include "services/common/rpc/rpc.h"

namespace grpc {
class Service;
}

namespace bitrade::rpc {

class Process {
 public:
  // Loads keys and policy and starts what runs in the background. Errors: a sentence for the
  // operator.
  static absl::StatusOr<std::unique_ptr<Process>> Make(const ProcessConfig& config);
  ~Process();

  const ProcessConfig& config() const { return config_; }
  Rpc& rpc();
  const Clock& clock() const;
  IdSource& ids();
  const crypto::Keyring& keyring() const;
  TicketVerifier& tickets();
  Metrics& metrics();
  // Who may call what, and what case systems may touch.
  const PolicyFile& policy() const;
  // A process that this one calls. Precondition: the service's main named it.
  Neighbour& To(const std::string& name);

  // How use cases that say AskFirst are served.
  void AskWith(Asker asker);
  // Adds an implementation of a gRPC service.
  void Serve(std::unique_ptr<grpc::Service> service);
  // Keeps something alive until the server has drained; what came last goes first.
  void Keep(std::shared_ptr<void> kept);
  // Called once when draining begins: for streams that would never end by themselves.
  void OnDrain(std::function<void()> hook);

  // Listens and serves until SIGTERM or SIGINT, then drains. Returns the process' exit code.
  int Run();

 private:
  struct State;
  Process(ProcessConfig config, std::unique_ptr<State> state);

  absl::Status StartServer();
  void Drain();

  const ProcessConfig config_;
  std::unique_ptr<State> state_;
};

// Leaves out abseil's search for deadlocks: the packaged library searches at every lock, its user's
// and gRPC's, and all threads share the lock of the search. Builds for tests of the locks keep it.
void TrustLocks();

// Blocks SIGTERM and SIGINT in this and all later threads, so that AwaitTermination gets them. Call
// first in main.
void BlockTermination();
// Waits for SIGTERM or SIGINT.
void AwaitTermination();

}  // namespace bitrade::rpc
