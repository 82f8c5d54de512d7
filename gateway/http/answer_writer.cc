#include "gateway/http/answer_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/http/response_head.h"

namespace bitrade::gateway::http {

void AnswerWriter::WriteWhole(Response response, Outbox& outbox) {
  const Delimiting delimiting{form_.http11, form_.keep_alive, false, response.body.size()};
  outbox.Add(WriteHead(response.status, response.content_type, response.headers, delimiting));
  if (!form_.head_only && StatusHasBody(response.status)) outbox.Add(std::move(response.body));
}

void AnswerWriter::Begin(const Response& response, std::optional<uint64_t> length, Outbox& outbox) {
  has_body_ = !form_.head_only && StatusHasBody(response.status);
  chunked_ = !length && form_.http11 && StatusHasBody(response.status);
  missing_ = length;
  if (!length && !form_.http11) form_.keep_alive = false;
  const Delimiting delimiting{form_.http11, form_.keep_alive, chunked_, length};
  outbox.Add(WriteHead(response.status, response.content_type, response.headers, delimiting));
}

bool AnswerWriter::WritePiece(std::string piece, Outbox& outbox) {
  if (!has_body_ || piece.empty()) return true;
  if (missing_ && piece.size() > *missing_) return false;
  if (missing_) *missing_ -= piece.size();
  if (chunked_) outbox.Add(absl::StrCat(absl::Hex(piece.size()), "\r\n"));
  outbox.Add(std::move(piece));
  if (chunked_) outbox.Add("\r\n");
  return true;
}

bool AnswerWriter::End(Outbox& outbox) {
  if (!has_body_) return true;
  if (chunked_) outbox.Add("0\r\n\r\n");
  return !missing_ || *missing_ == 0;
}

}  // namespace bitrade::gateway::http
