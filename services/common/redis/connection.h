// One connection to Redis over its Unix socket, as a user with a password. No call waits longer
// than the limit it was opened with.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/redis/reply.h"

struct redisContext;

namespace bitrade::redis {

// Where Redis is, and as whom.
struct Account {
  std::string socket;
  std::string user;  // "" for Redis' default user, who needs no password
  std::string password;
};

using Command = std::vector<std::string>;

// Movable, not thread-safe. After an error of the connection nothing works any more: open another.
class Connection {
 public:
  // Connects and logs in. `limit` bounds each wait for the socket.
  // Errors: UNAVAILABLE when Redis is not there, does not answer in time or refuses the account.
  static absl::StatusOr<Connection> Open(const Account& account, std::chrono::milliseconds limit);

  // Adds a command to what Receive will send.
  void Append(const Command& command);

  // Sends what was appended and returns the answer to the oldest command that has none yet.
  // Errors: UNAVAILABLE when the connection broke or the answer took too long.
  absl::StatusOr<Reply> Receive();

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  using Context = std::unique_ptr<redisContext, Free>;
  explicit Connection(Context context) : context_(std::move(context)) {}

  absl::Status LogIn(const Account& account);

  Context context_;
};

}  // namespace bitrade::redis
