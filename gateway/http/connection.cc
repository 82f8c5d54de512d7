// The connection's life and what comes in. What goes out is in connection_answer.cc.
#include "gateway/http/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "gateway/http/connection_turn.h"
#include "gateway/http/transport.h"

namespace bitrade::gateway::http {
namespace {

// Tells whether the client has ended its side only. A peek would not do: after a reset that the
// reactor has already seen, it reads an orderly end.
bool IsHalfClosed(int fd) {
  pollfd poll{fd, POLLRDHUP, 0};
  return ::poll(&poll, 1, 0) == 1 && (poll.revents & (POLLERR | POLLHUP)) == 0;
}

}  // namespace

std::shared_ptr<Connection> Connection::Open(const std::shared_ptr<Edge>& edge, int fd,
                                             std::string peer_address) {
  const int own = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return nullptr;
  auto connection = std::make_shared<Connection>(edge, own, std::move(peer_address));
  edge->keeper.Add(connection);
  return connection;
}

Connection::Connection(std::shared_ptr<Edge> edge, int own_fd, std::string peer_address)
    : edge_(std::move(edge)),
      id_(edge_->NewConnectionId()),
      peer_address_(std::move(peer_address)),
      fd_(own_fd),
      parser_(edge_->limits) {
  edge_->ConnectionOpened();
  Enter(Phase::kIdle);
}

Connection::~Connection() {
  Close(Closing::kOrderly);
  edge_->HoldBody(0, body_held_);
}

void Connection::Enter(Phase phase) {
  phase_ = phase;
  const Limits& limits = edge_->limits;
  switch (phase) {
    case Phase::kIdle:
      return deadline_.Arm(limits.idle_time);
    case Phase::kHead:
      return deadline_.Arm(limits.head_time);
    case Phase::kBody:
      return deadline_.Arm(limits.body_time);
    case Phase::kLingering:
      return deadline_.Arm(limits.linger_time);
    case Phase::kAnswering:  // the application's time
    case Phase::kFlushing:   // armed by Flush when the client does not read
    case Phase::kClosed:
      return deadline_.Disarm();
  }
}

void Connection::TurnAway() {
  const Turn turn(*this);
  Refuse(503);
}

void Connection::OnBytes(absl::string_view raw) {
  Turn turn(*this);
  const absl::string_view bytes = FromWire(raw);
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kLingering) {
    discarded_ += bytes.size();
    if (discarded_ > edge_->limits.linger_bytes) Close(Closing::kOrderly);
  } else if (pumping_ || !reading()) {
    Stash(bytes);
  } else {
    Pump(turn, bytes);
  }
}

void Connection::OnEnd() {
  const Turn turn(*this);
  detached_ = true;
  if (phase_ == Phase::kClosed) return;
  const bool owes_answer = pumping_ || phase_ == Phase::kAnswering || phase_ == Phase::kFlushing;
  if (!owes_answer || !IsHalfClosed(fd_)) return Close(Closing::kOrderly);
  half_closed_ = true;
  if (!watching_) edge_->keeper.Watch(id_, fd_, Keeper::Interest::kHangUp);
}

void Connection::OnSocketEvent(SocketEvent event) {
  Turn turn(*this);
  watching_ = false;
  if (phase_ == Phase::kClosed) return;
  if (event == SocketEvent::kBroken) return Close(Closing::kOrderly);
  Flush();
  Resume(turn);
}

void Connection::OnDeadline(int64_t now) {
  const Turn turn(*this);
  if (!deadline_.passed(now)) return;
  switch (phase_) {
    case Phase::kHead:
    case Phase::kBody:
      return Refuse(408);
    case Phase::kAnswering:
    case Phase::kFlushing:
      return Close(Closing::kReset);
    case Phase::kIdle:
    case Phase::kLingering:
    case Phase::kClosed:
      return Close(Closing::kOrderly);
  }
}

void Connection::OnDrain() {
  const Turn turn(*this);
  if (phase_ == Phase::kIdle && !pumping_) Linger();
}

void Connection::Shut() {
  const Turn turn(*this);
  Close(Closing::kOrderly);
}

// Parses and dispatches request after request, until one is not complete or not answered at once.
void Connection::Pump(Turn& turn, absl::string_view fresh) {
  pumping_ = true;
  do {
    Parse(std::exchange(fresh, absl::string_view()));
    if (parser_.state() != RequestParser::State::kComplete) break;
    Dispatch(turn);
  } while (phase_ == Phase::kIdle && !in_.empty());
  pumping_ = false;
  if (half_closed_ && reading()) Close(Closing::kOrderly);
}

void Connection::Parse(absl::string_view fresh) {
  if (in_.empty()) {
    fresh.remove_prefix(parser_.Feed(fresh));
    in_.assign(fresh.data(), fresh.size());
  } else {
    in_.append(fresh.data(), fresh.size());
    in_.erase(0, parser_.Feed(in_));
  }
  switch (parser_.state()) {
    case RequestParser::State::kHead:
      if (phase_ == Phase::kIdle && !in_.empty()) Enter(Phase::kHead);
      break;
    case RequestParser::State::kBody:
      if (phase_ != Phase::kBody) Enter(Phase::kBody);
      if (!edge_->HoldBody(parser_.body_size(), body_held_)) return Refuse(503);
      if (!parser_.awaits_continue()) break;
      outbox_.Add("HTTP/1.1 100 Continue\r\n\r\n");
      Flush();
      break;
    case RequestParser::State::kRefused:
      Refuse(parser_.status());
      break;
    case RequestParser::State::kComplete:
      break;
  }
}

void Connection::Dispatch(Turn& turn) {
  Enter(Phase::kAnswering);
  const bool keep_alive = parser_.keep_alive();
  const bool head_only = parser_.head_only();
  Request request = parser_.Take();
  edge_->HoldBody(0, body_held_);
  request.peer_address = peer_address_;
  answer_ = AnswerWriter({request.http11, keep_alive, head_only});
  in_flight_ = true;
  edge_->RequestStarted();
  turn.Release();
  try {
    edge_->app(std::move(request), Reply(shared_from_this()));
  } catch (...) {
    // The Reply that fell with it has answered 500, and no text of the exception leaves.
  }
  turn.Regain();
}

void Connection::Resume(Turn& turn) {
  if (pumping_ || !reading()) return;
  if (phase_ == Phase::kIdle && !in_.empty()) {
    Pump(turn, {});
  } else if (half_closed_) {
    Close(Closing::kOrderly);
  }
}

// Keeps what comes during an answer. Nothing can push back on the client, so more than the limit
// is dropped, and the connection with it once the answer is out.
void Connection::Stash(absl::string_view bytes) {
  if (in_.size() + bytes.size() <= edge_->limits.pipelined) {
    in_.append(bytes.data(), bytes.size());
    return;
  }
  if (reading()) return Linger();  // answered; the thread in Pump was about to go on
  answer_.EndConnection();
}

void Connection::Refuse(int status) {
  answer_ = AnswerWriter({true, false, parser_.head_only()});
  answer_.WriteWhole(edge_->problem(status), outbox_);
  phase_ = Phase::kFlushing;
  deadline_.Disarm();
  Flush();
}

}  // namespace bitrade::gateway::http
