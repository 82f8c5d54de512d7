#include "services/common/redis/reply.h"

#include <hiredis/hiredis.h>

namespace bitrade::redis {

void Reply::Free::operator()(redisReply* answer) const { freeReplyObject(answer); }

Reply::Reply(redisReply* answer) : answer_(answer) {}

bool Reply::is_nil() const { return answer_->type == REDIS_REPLY_NIL; }

bool Reply::is_error() const { return answer_->type == REDIS_REPLY_ERROR; }

absl::string_view Reply::text() const {
  const int type = answer_->type;
  const bool has_text =
      type == REDIS_REPLY_STRING || type == REDIS_REPLY_STATUS || type == REDIS_REPLY_ERROR;
  return has_text ? absl::string_view(answer_->str, static_cast<size_t>(answer_->len))
                  : absl::string_view();
}

long long Reply::number() const {
  return answer_->type == REDIS_REPLY_INTEGER ? answer_->integer : 0;
}

}  // namespace bitrade::redis
