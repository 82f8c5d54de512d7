// The processes behind the gateway, each with one channel, its own limits and its own breaker: one
// that is gone costs its own routes and no others.
#pragma once

#include <map>
#include <string>

#include "gateway/backends/backend.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/tls.h"

namespace bitrade::gateway {

// Thread-safe. Must outlive its calls.
class Backends {
 public:
  // Opens a channel to each process of `addresses`, which are by name.
  Backends(const std::map<std::string, std::string>& addresses, const rpc::TlsFiles& tls);

  // Preconditions: `addresses` had the name.
  rpc::Neighbour& To(const std::string& name) { return all_.at(name).calls; }
  Backend& At(const std::string& name) { return all_.at(name).backend; }

 private:
  struct Process {
    Process(const std::string& name, const std::string& address, const rpc::TlsFiles& tls);
    rpc::Neighbour calls;
    Backend backend;
  };
  std::map<std::string, Process> all_;
};

}  // namespace bitrade::gateway
