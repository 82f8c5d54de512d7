// One client's connection: its own descriptor, its bytes in and out, its deadline, and one request
// at a time.
//
//   kIdle → kHead → kBody → kAnswering → kFlushing → kIdle …           (or kLingering → kClosed)
//
// A reactor brings bytes (OnBytes, OnEnd), a Reply brings the answer from any thread, the keeper
// brings time and room in the socket. Whoever completes an answer goes on with the bytes that came
// meanwhile.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/answer_writer.h"
#include "gateway/http/deadline.h"
#include "gateway/http/edge.h"
#include "gateway/http/message.h"
#include "gateway/http/outbox.h"
#include "gateway/http/request_parser.h"

namespace bitrade::gateway::http {

enum class SocketEvent { kWritable, kBroken };

// Thread-safe. Never calls the application, or what waits for a drain, under its lock.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Makes a connection on a duplicate of `fd`: a reactor closes and reuses its descriptor as it
  // likes, and an answer must never follow the number to another client. Null when the process has
  // no descriptor left.
  static std::shared_ptr<Connection> Open(const std::shared_ptr<Edge>& edge, int fd,
                                          std::string peer_address);
  Connection(std::shared_ptr<Edge> edge, int own_fd, std::string peer_address);
  ~Connection();

  uint64_t id() const { return id_; }
  bool closed() const { return closed_.load(std::memory_order_relaxed); }
  bool late(int64_t now) const { return deadline_.passed(now); }

  // Of the reactor.
  void TurnAway();  // answers 503 and closes: there are too many
  void OnBytes(absl::string_view raw);
  void OnEnd();  // the reactor has dropped its descriptor

  // Of the keeper and of the server.
  void OnSocketEvent(SocketEvent event);
  void OnDeadline(int64_t now);
  void OnDrain();  // closes if no request has begun
  void Shut();     // closes whatever is under way

  // Of the Reply; see there.
  void Send(Response response);
  void SendProblem(int status);
  void Begin(const Response& head, std::optional<uint64_t> length);
  bool Write(std::string piece, std::function<void()> on_drain);
  void End();
  void Abort();

 private:
  enum class Phase { kIdle, kHead, kBody, kAnswering, kFlushing, kLingering, kClosed };
  enum class Closing { kOrderly, kReset };
  class Turn;

  void Enter(Phase phase);
  bool reading() const { return phase_ < Phase::kAnswering; }

  void Pump(Turn& turn, absl::string_view fresh);
  void Parse(absl::string_view fresh);
  void Dispatch(Turn& turn);
  void Resume(Turn& turn);
  void Stash(absl::string_view bytes);
  void Refuse(int status);

  void Complete(Turn& turn);
  void Flush();
  void AwaitRoom(const Outbox::Flushed& flushed);
  void AnswerSent();
  void Linger();
  void Close(Closing how);
  void Settle();
  std::function<void()> TakeDrained();

  const std::shared_ptr<Edge> edge_;
  const uint64_t id_;
  const std::string peer_address_;
  Deadline deadline_;
  std::atomic<bool> closed_{false};

  std::mutex mutex_;  // guards what follows
  int fd_;
  Phase phase_ = Phase::kIdle;
  RequestParser parser_;
  std::string in_;        // arrived and not yet parsed
  size_t body_held_ = 0;  // what of a body is counted by the edge
  AnswerWriter answer_{AnswerForm{}};
  Outbox outbox_;
  std::function<void()> on_drain_;
  size_t discarded_ = 0;      // bytes that came while lingering
  bool pumping_ = false;      // some thread is in Pump
  bool in_flight_ = false;    // counted by the edge
  bool watching_ = false;     // the keeper waits for room in the socket
  bool detached_ = false;     // the reactor has dropped its side
  bool half_closed_ = false;  // the client has ended its side and still reads
};

}  // namespace bitrade::gateway::http
