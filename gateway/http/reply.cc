#include "gateway/http/reply.h"

#include <utility>

#include "gateway/http/connection.h"

namespace bitrade::gateway::http {

Reply::Reply(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

Reply::Reply(Reply&& other) noexcept
    : connection_(std::move(other.connection_)), streaming_(other.streaming_) {}

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this == &other) return *this;
  Drop();
  connection_ = std::move(other.connection_);
  streaming_ = other.streaming_;
  return *this;
}

Reply::~Reply() { Drop(); }

void Reply::Drop() {
  if (!connection_) return;
  if (streaming_) {
    Abort();
  } else {
    std::exchange(connection_, nullptr)->SendProblem(500);
  }
}

void Reply::Send(Response response) {
  if (const auto connection = std::exchange(connection_, nullptr)) {
    connection->Send(std::move(response));
  }
}

void Reply::Begin(int status, std::string content_type, std::vector<Header> headers,
                  std::optional<uint64_t> length) {
  if (!connection_ || streaming_) return;
  streaming_ = true;
  connection_->Begin({status, std::move(content_type), {}, std::move(headers)}, length);
}

bool Reply::Write(std::string piece, std::function<void()> on_drain) {
  return !connection_ || connection_->Write(std::move(piece), std::move(on_drain));
}

void Reply::End() {
  if (const auto connection = std::exchange(connection_, nullptr)) connection->End();
}

void Reply::Abort() {
  if (const auto connection = std::exchange(connection_, nullptr)) connection->Abort();
}

bool Reply::ClientGone() const { return !connection_ || connection_->closed(); }

}  // namespace bitrade::gateway::http
