// What Redis answers to one command.
#pragma once

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

struct redisReply;

namespace bitrade::redis {

// Owns an answer. Movable; the texts live as long as it does.
class Reply {
 public:
  // Takes over an answer that hiredis made.
  explicit Reply(redisReply* answer);

  // Tells whether there is no such key, or a condition of the command did not hold.
  bool is_nil() const;

  // Tells whether Redis refused the command.
  bool is_error() const;

  // Returns a text or a status ("OK"), or the sentence of an error; "" for any other kind.
  absl::string_view text() const;

  // Returns a whole number; 0 for any other kind.
  long long number() const;

  // Returns the texts of a list, "" for what is none; no texts for any other kind.
  std::vector<absl::string_view> texts() const;

 private:
  struct Free {
    void operator()(redisReply* answer) const;
  };
  std::unique_ptr<redisReply, Free> answer_;
};

}  // namespace bitrade::redis
