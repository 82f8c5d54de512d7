#include "services/common/redis/reply.h"

#include <hiredis/hiredis.h>

namespace bitrade::redis {
namespace {

absl::string_view TextOf(const redisReply& answer) {
  const int type = answer.type;
  const bool has_text =
      type == REDIS_REPLY_STRING || type == REDIS_REPLY_STATUS || type == REDIS_REPLY_ERROR;
  return has_text ? absl::string_view(answer.str, static_cast<size_t>(answer.len))
                  : absl::string_view();
}

}  // namespace

void Reply::Free::operator()(redisReply* answer) const { freeReplyObject(answer); }

Reply::Reply(redisReply* answer) : answer_(answer) {}

bool Reply::is_nil() const { return answer_->type == REDIS_REPLY_NIL; }

bool Reply::is_error() const { return answer_->type == REDIS_REPLY_ERROR; }

absl::string_view Reply::text() const { return TextOf(*answer_); }

std::vector<absl::string_view> Reply::texts() const {
  std::vector<absl::string_view> texts;
  if (answer_->type != REDIS_REPLY_ARRAY) return texts;
  texts.reserve(answer_->elements);
  for (size_t i = 0; i < answer_->elements; ++i) texts.push_back(TextOf(*answer_->element[i]));
  return texts;
}

long long Reply::number() const {
  return answer_->type == REDIS_REPLY_INTEGER ? answer_->integer : 0;
}

}  // namespace bitrade::redis
