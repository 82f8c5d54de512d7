#include "services/common/redis/connection.h"

#include <hiredis/hiredis.h>

#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"

namespace bitrade::redis {
namespace {

timeval TimevalOf(std::chrono::milliseconds limit) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
  return {static_cast<time_t>(seconds.count()),
          static_cast<suseconds_t>(std::chrono::microseconds(limit - seconds).count())};
}

}  // namespace

void Connection::Free::operator()(redisContext* context) const { redisFree(context); }

absl::StatusOr<Connection> Connection::Open(const Account& account,
                                            std::chrono::milliseconds limit) {
  const timeval wait = TimevalOf(limit);
  Context context(redisConnectUnixWithTimeout(account.socket.c_str(), wait));
  if (context == nullptr || context->err != 0 || redisSetTimeout(context.get(), wait) != REDIS_OK) {
    return Refuse(kUnavailable);
  }
  Connection connection(std::move(context));
  RETURN_IF_ERROR(connection.LogIn(account));
  return connection;
}

absl::Status Connection::LogIn(const Account& account) {
  if (account.user.empty()) return absl::OkStatus();
  Append({"AUTH", account.user, account.password});
  ASSIGN_OR_RETURN(const Reply reply, Receive());
  return reply.is_error() ? Refuse(kUnavailable) : absl::OkStatus();
}

void Connection::Append(const Command& command) {
  std::vector<const char*> words;
  std::vector<size_t> sizes;
  words.reserve(command.size());
  sizes.reserve(command.size());
  for (const std::string& word : command) {
    words.push_back(word.data());
    sizes.push_back(word.size());
  }
  redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()), words.data(),
                         sizes.data());
}

absl::StatusOr<Reply> Connection::Receive() {
  void* answer = nullptr;
  if (context_->err != 0 || redisGetReply(context_.get(), &answer) != REDIS_OK) {
    return Refuse(kUnavailable);
  }
  return Reply(static_cast<redisReply*>(answer));
}

}  // namespace bitrade::redis
