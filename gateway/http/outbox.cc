#include "gateway/http/outbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "gateway/http/transport.h"

namespace bitrade::gateway::http {

void Outbox::Add(std::string piece) {
  if (piece.empty()) return;
  size_ += piece.size();
  pieces_.push_back(std::move(piece));
}

Outbox::Flushed Outbox::Flush(int fd) {
  Flushed result;
  while (size_ > 0) {
    std::array<iovec, 16> vectors;
    const size_t count = std::min(pieces_.size() - first_, vectors.size());
    for (size_t i = 0; i < count; ++i) {
      std::string& piece = pieces_[first_ + i];
      const size_t skipped = i == 0 ? offset_ : 0;
      vectors[i] = {piece.data() + skipped, piece.size() - skipped};
    }
    const ssize_t sent = ToWire(fd, vectors.data(), count);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) {
      result.state = errno == EAGAIN || errno == EWOULDBLOCK ? State::kBlocked : State::kBroken;
      return result;
    }
    result.progress = true;
    Drop(static_cast<size_t>(sent));
  }
  return result;
}

void Outbox::Clear() {
  pieces_.clear();
  first_ = offset_ = size_ = 0;
}

void Outbox::Drop(size_t sent) {
  size_ -= sent;
  if (size_ == 0) return Clear();
  for (offset_ += sent; offset_ >= pieces_[first_].size(); ++first_) {
    offset_ -= pieces_[first_].size();
    pieces_[first_] = std::string();
  }
  if (first_ * 2 > pieces_.size()) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

}  // namespace bitrade::gateway::http
