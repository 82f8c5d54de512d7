// The bytes that a connection still has to send, in order, each piece in the memory it came in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bitrade::gateway::http {

// Not thread-safe.
class Outbox {
 public:
  enum class State { kEmpty, kBlocked, kBroken };

  struct Flushed {
    State state = State::kEmpty;
    bool progress = false;  // at least one byte was taken
  };

  void Add(std::string piece);

  // Sends as much as the socket takes. kBroken: the other side is gone.
  Flushed Flush(int fd);

  void Clear();

  // Counts the bytes that are not sent.
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  void Drop(size_t sent);

  std::vector<std::string> pieces_;
  size_t first_ = 0;   // pieces before it are sent
  size_t offset_ = 0;  // bytes of the first piece that are sent
  size_t size_ = 0;
};

}  // namespace bitrade::gateway::http
