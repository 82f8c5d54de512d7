// The one way to answer a request.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/message.h"

namespace bitrade::gateway::http {

class Connection;

// Belongs to one request on one connection and to whoever holds it: movable, usable from any
// thread, by one thread at a time. What is written reaches the client that asked, or nobody. A
// Reply that is dropped unanswered answers 500; one that is dropped between Begin and End aborts.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Connection> connection);
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  // Answers at once and for good.
  void Send(Response response);

  // Starts an answer whose body comes in pieces, of `length` bytes in all if that is known. The
  // head leaves with the first piece.
  void Begin(int status, std::string content_type, std::vector<Header> headers,
             std::optional<uint64_t> length);

  // Writes a piece of the body. True: go on, also when the client is gone (ask ClientGone). False:
  // more waits than Limits::high_water; stop until `on_drain` is called, which happens exactly
  // once, from another thread or before Write returns, and also when the client goes. A piece
  // beyond the announced length breaks the connection.
  bool Write(std::string piece, std::function<void()> on_drain);

  // Ends the body. If bytes of the announced length are missing, the connection breaks.
  void End();

  // Breaks the connection: a stream that failed midway must not look complete.
  void Abort();

  // Tells whether nobody will read the answer. A client that has only ended its own side still
  // reads.
  bool ClientGone() const;

 private:
  void Drop();

  std::shared_ptr<Connection> connection_;  // empty once answered
  bool streaming_ = false;
};

// Handles a request. Must not block; may answer before it returns, or later from any thread.
// Called by several threads at once. An exception that leaves it drops the Reply.
using App = std::function<void(Request, Reply)>;

// Makes the problem document for a status that the edge itself answers with: 400, 408, 413, 414,
// 417, 431, 500, 501, 503, 505. Called by several threads at once; must not block.
using ProblemBody = std::function<Response(int status)>;

}  // namespace bitrade::gateway::http
