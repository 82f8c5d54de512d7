#include "gateway/http/server.h"

#include <pistache/endpoint.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/connection.h"
#include "gateway/http/edge.h"
#include "gateway/http/reactor_handler.h"

namespace bitrade::gateway::http {
namespace {

// Pistache's own timers would answer 408 while a handler works.
constexpr auto kNever = std::chrono::hours(24 * 365 * 10);
constexpr int kBacklog = 1024;

Pistache::Http::Endpoint::Options OptionsFor(int reactors) {
  using Flag = Pistache::Tcp::Options;
  return Pistache::Http::Endpoint::options()
      .threads(reactors)
      .threadsName("edge")
      .flags(Flag::ReuseAddr | Flag::NoDelay | Flag::CloseOnExec)
      .backlog(kBacklog)
      .headerTimeout(kNever)
      .bodyTimeout(kNever)
      .keepaliveTimeout(kNever);
}

// Each connection has two descriptors, and the rest of the process wants some. What the system
// allows is enough if it is less: a connection without a descriptor is closed.
void AllowDescriptors(size_t connections) {
  constexpr rlim_t kForTheRest = 512;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = std::min<rlim_t>(2 * connections + kForTheRest, limit.rlim_max);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = wanted;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Server::Server(Limits limits, App app, ProblemBody problem)
    : edge_(std::make_shared<Edge>(limits, std::move(app), std::move(problem))) {}

Server::~Server() { Stop(); }

absl::StatusOr<int> Server::Listen(const std::string& address, int port, int reactors) {
  AllowDescriptors(edge_->limits.connections);
  try {
    const Pistache::Address at(address, Pistache::Port(static_cast<uint16_t>(port)));
    endpoint_ = std::make_unique<Pistache::Http::Endpoint>(at);
    endpoint_->init(OptionsFor(reactors));
    endpoint_->setHandler(std::make_shared<ReactorHandler>(edge_));
    endpoint_->serveThreaded();
    return static_cast<int>(static_cast<uint16_t>(endpoint_->getPort()));
  } catch (const std::exception& error) {
    endpoint_.reset();
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, ":", port, ": ", error.what()));
  }
}

void Server::Drain(absl::Duration patience) {
  edge_->Drain(patience);
  Stop();
}

void Server::Stop() {
  edge_->keeper.Stop();
  if (endpoint_) endpoint_->shutdown();
  endpoint_.reset();  // joins the reactors
  edge_->keeper.ForEach([](Connection& connection) { connection.Shut(); });
}

int64_t Server::in_flight() const { return edge_->in_flight(); }

size_t Server::connections() const { return edge_->connections(); }

}  // namespace bitrade::gateway::http
