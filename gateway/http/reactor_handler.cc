#include "gateway/http/reactor_handler.h"

#include <pistache/peer.h>
#include <sys/socket.h>

#include <utility>

namespace bitrade::gateway::http {

ReactorHandler::ReactorHandler(std::shared_ptr<Edge> edge)
    : edge_(std::move(edge)), unused_parser_(std::make_shared<Pistache::Http::RequestParser>(64)) {}

void ReactorHandler::onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  // Pistache's check for idle peers asks the parser that its own handler would have put here for
  // its time, and crashes without one.
  peer->putData(ParserData, unused_parser_);
  const auto connection = Connection::Open(edge_, peer->fd(), peer->address().host());
  if (!connection) {
    ::shutdown(peer->fd(), SHUT_RDWR);
    return;
  }
  connections_.emplace(peer->getID(), connection);
  if (edge_->connections() > edge_->limits.connections) connection->TurnAway();
}

void ReactorHandler::onInput(const char* bytes, size_t size,
                             const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  const auto found = connections_.find(peer->getID());
  if (found != connections_.end()) found->second->OnBytes({bytes, size});
}

void ReactorHandler::onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  const auto found = connections_.find(peer->getID());
  if (found == connections_.end()) return;
  found->second->OnEnd();
  connections_.erase(found);
}

// Never reached: no request is parsed by Pistache.
void ReactorHandler::onRequest(const Pistache::Http::Request& /*request*/,
                               Pistache::Http::ResponseWriter /*writer*/) {}

}  // namespace bitrade::gateway::http
