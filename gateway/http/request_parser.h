// Turns the bytes of a connection into requests: Boost.Beast's incremental parser for grammar,
// chunks and lengths, the head's scan before it and the policy after the head, before the body.
//
//   size_t used = parser.Feed(bytes);          // present the unused rest again, with more behind
//   it if (parser.state() == State::kComplete) Handle(parser.Take());
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/head_scan.h"
#include "gateway/http/limits.h"
#include "gateway/http/message.h"

namespace bitrade::gateway::http {

// Not thread-safe. After kRefused it takes nothing more: where the next request would start is
// unknown.
class RequestParser {
 public:
  enum class State { kHead, kBody, kComplete, kRefused };

  explicit RequestParser(const Limits& limits);
  ~RequestParser();

  // Takes bytes of one request from the front of `bytes` and returns their number.
  size_t Feed(absl::string_view bytes);

  State state() const { return state_; }

  // Tells the status to refuse the request with, in state kRefused: 400, 413, 414, 417, 431, 501,
  // 505.
  int status() const { return status_; }

  // Counts the bytes that have come of the body.
  size_t body_size() const { return request_.body.size(); }

  // Tells whether the client waits for "100 Continue": in state kBody, before its first byte.
  bool awaits_continue() const { return state_ == State::kBody && expects_continue_; }

  // Tells whether the client lets the connection stay, once the head is there.
  bool keep_alive() const;

  // Tells whether the answer must be without a body.
  bool head_only() const { return request_.method == "HEAD"; }

  // Gives the request away, in state kComplete, and starts on the next.
  Request Take();

 private:
  class Framing;

  size_t SkipEmptyLine(absl::string_view bytes);
  size_t FeedHead(absl::string_view bytes);
  size_t ParseHead(absl::string_view head);
  size_t FeedBody(absl::string_view bytes);
  void Refuse(int status);

  const Limits& limits_;
  State state_ = State::kHead;
  int status_ = 0;
  bool empty_line_skipped_ = false;
  bool expects_continue_ = false;
  HeadScan scan_;
  Request request_;
  std::string target_;
  std::unique_ptr<Framing> framing_;
};

}  // namespace bitrade::gateway::http
