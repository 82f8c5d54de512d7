// Frames the answer to one request as its version and method demand: whole or in pieces, chunked or
// by length, with or without a body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/message.h"
#include "gateway/http/outbox.h"

namespace bitrade::gateway::http {

// What the request says about the form of its answer.
struct AnswerForm {
  bool http11 = true;
  bool keep_alive = true;
  bool head_only = false;
};

// Not thread-safe.
class AnswerWriter {
 public:
  explicit AnswerWriter(AnswerForm form) : form_(form) {}

  // Makes this the connection's last answer. It shows in the head if that is not yet written.
  void EndConnection() { form_.keep_alive = false; }
  bool keep_alive() const { return form_.keep_alive; }

  // Writes a whole answer.
  void WriteWhole(Response response, Outbox& outbox);

  // Writes the head of `response`, whose body comes in pieces, of `length` bytes in all if it is
  // known. Without a length, a client of HTTP/1.0 learns the end from the end of the connection.
  void Begin(const Response& response, std::optional<uint64_t> length, Outbox& outbox);

  // Writes a piece of the body. False: it exceeds the announced length and nothing was written.
  bool WritePiece(std::string piece, Outbox& outbox);

  // Ends the body. False: bytes of the announced length are missing, so the connection must break.
  bool End(Outbox& outbox);

 private:
  AnswerForm form_;
  bool has_body_ = true;
  bool chunked_ = false;
  std::optional<uint64_t> missing_;  // of the announced length
};

}  // namespace bitrade::gateway::http
