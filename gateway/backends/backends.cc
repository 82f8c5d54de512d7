#include "gateway/backends/backends.h"

#include <chrono>
#include <tuple>
#include <utility>

namespace bitrade::gateway {
namespace {

// A client is answered within a second whatever a service does.
constexpr rpc::NeighbourLimits kLimits{.deadline = std::chrono::milliseconds(900),
                                       .most_under_way = 512};

}  // namespace

Backends::Process::Process(const std::string& name, const std::string& address,
                           const rpc::TlsFiles& tls)
    : calls(name, address, tls, kLimits), backend(calls) {}

Backends::Backends(const std::map<std::string, std::string>& addresses, const rpc::TlsFiles& tls) {
  for (const auto& [name, address] : addresses) {
    all_.emplace(std::piecewise_construct, std::forward_as_tuple(name),
                 std::forward_as_tuple(name, address, tls));
  }
}

}  // namespace bitrade::gateway
