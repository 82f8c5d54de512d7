// What goes out of a connection, and its end.
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "gateway/http/connection.h"
#include "gateway/http/connection_turn.h"

namespace bitrade::gateway::http {

void Connection::Send(Response response) {
  Turn turn(*this);
  if (phase_ != Phase::kAnswering) return Settle();
  if (edge_->draining()) answer_.EndConnection();
  answer_.WriteWhole(std::move(response), outbox_);
  Complete(turn);
}

void Connection::SendProblem(int status) { Send(edge_->problem(status)); }

void Connection::Begin(const Response& head, std::optional<uint64_t> length) {
  const Turn turn(*this);
  if (phase_ != Phase::kAnswering) return;
  if (edge_->draining()) answer_.EndConnection();
  answer_.Begin(head, length, outbox_);
}

bool Connection::Write(std::string piece, std::function<void()> on_drain) {
  const Turn turn(*this);
  if (phase_ != Phase::kAnswering) return true;
  if (!answer_.WritePiece(std::move(piece), outbox_)) {
    Close(Closing::kReset);
    return true;
  }
  Flush();
  if (outbox_.size() <= edge_->limits.high_water) return true;
  on_drain_ = std::move(on_drain);
  return false;
}

void Connection::End() {
  Turn turn(*this);
  if (phase_ != Phase::kAnswering) return Settle();
  if (answer_.End(outbox_)) return Complete(turn);
  Close(Closing::kReset);
  Settle();
}

void Connection::Abort() {
  const Turn turn(*this);
  if (phase_ == Phase::kAnswering) Close(Closing::kReset);
  Settle();
}

// The whole answer is in the outbox.
void Connection::Complete(Turn& turn) {
  phase_ = Phase::kFlushing;
  Flush();
  Resume(turn);
}

void Connection::Flush() {
  if (watching_) {  // the keeper calls when there is room
    if (!reading() && !deadline_.armed()) deadline_.Arm(edge_->limits.stall_time);
    return;
  }
  const Outbox::Flushed flushed = outbox_.Flush(fd_);
  switch (flushed.state) {
    case Outbox::State::kBroken:
      return Close(Closing::kOrderly);
    case Outbox::State::kBlocked:
      return AwaitRoom(flushed);
    case Outbox::State::kEmpty:
      if (phase_ == Phase::kAnswering) deadline_.Disarm();
      if (phase_ == Phase::kFlushing) AnswerSent();
  }
}

void Connection::AwaitRoom(const Outbox::Flushed& flushed) {
  watching_ = true;
  if (!reading() && (flushed.progress || !deadline_.armed())) {
    deadline_.Arm(edge_->limits.stall_time);
  }
  edge_->keeper.Watch(id_, fd_, Keeper::Interest::kWritable);
}

void Connection::AnswerSent() {
  Settle();
  if (answer_.keep_alive()) return Enter(Phase::kIdle);
  Linger();
}

// Ends our side and waits for the client's: a close with bytes unread would reset the connection
// and take the answer away from a client that has not read it yet.
void Connection::Linger() {
  if (detached_) return Close(Closing::kOrderly);
  ::shutdown(fd_, SHUT_WR);
  in_ = std::string();
  Enter(Phase::kLingering);
}

// Lets go of the socket. The reactor finds the end of input on its own descriptor and closes that,
// too; for a reset it must be the last one to close, so our side of the stream is not ended first.
void Connection::Close(Closing how) {
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kFlushing) Settle();
  Enter(Phase::kClosed);
  closed_ = true;
  outbox_.Clear();
  in_ = std::string();
  if (how == Closing::kReset) {
    const linger none{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  }
  ::shutdown(fd_, how == Closing::kReset ? SHUT_RD : SHUT_RDWR);
  edge_->keeper.Unwatch(fd_);
  ::close(std::exchange(fd_, -1));
  edge_->ConnectionClosed();
  edge_->keeper.Remove(id_);
}

// The request no longer counts as in flight.
void Connection::Settle() {
  if (std::exchange(in_flight_, false)) edge_->RequestFinished();
}

std::function<void()> Connection::TakeDrained() {
  const bool drained = phase_ == Phase::kClosed || outbox_.size() <= edge_->limits.high_water / 2;
  return on_drain_ && drained ? std::exchange(on_drain_, nullptr) : nullptr;
}

}  // namespace bitrade::gateway::http
