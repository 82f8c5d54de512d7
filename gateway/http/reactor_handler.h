// What Pistache sees of the edge: connections that open, bytes that come, connections that end.
#pragma once

#include <pistache/endpoint.h>

#include <cstddef>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "gateway/http/connection.h"
#include "gateway/http/edge.h"

namespace bitrade::gateway::http {

// Pistache clones it for each reactor and calls each clone from that reactor's thread only.
class ReactorHandler final : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(ReactorHandler)
  explicit ReactorHandler(std::shared_ptr<Edge> edge);

 private:
  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  void onInput(const char* bytes, size_t size,
               const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  void onRequest(const Pistache::Http::Request& request,
                 Pistache::Http::ResponseWriter writer) override;

  std::shared_ptr<Edge> edge_;
  std::shared_ptr<Pistache::Http::RequestParser> unused_parser_;
  absl::flat_hash_map<size_t, std::shared_ptr<Connection>> connections_;  // by the peer's id
};

}  // namespace bitrade::gateway::http
