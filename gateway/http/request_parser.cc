#include "gateway/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <new>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "gateway/http/policy.h"

namespace bitrade::gateway::http {
namespace {

namespace beast = boost::beast;

// More is reserved only as it comes: a length is a claim.
constexpr uint64_t kReserved = uint64_t{64} * 1024;

// The request line has room for a target of the longest length, any method we know and a version.
bool IsLineTooLong(absl::string_view head, const Limits& limits) {
  constexpr size_t kAroundTarget = 32;
  return head.substr(0, limits.target + kAroundTarget).find('\n') == absl::string_view::npos &&
         head.size() > limits.target + kAroundTarget;
}

// "HTTP/9.9" is a version that we do not speak; "HTTPS" is none.
bool EndsInVersion(absl::string_view head) {
  const absl::string_view line = head.substr(0, head.find('\r'));
  const size_t space = line.rfind(' ');
  if (space == absl::string_view::npos) return false;
  const absl::string_view version = line.substr(space + 1);
  return version.size() == 8 && absl::StartsWith(version, "HTTP/") && version[6] == '.' &&
         absl::ascii_isdigit(static_cast<unsigned char>(version[5])) &&
         absl::ascii_isdigit(static_cast<unsigned char>(version[7]));
}

int StatusOf(const beast::error_code& error, absl::string_view head) {
  if (error == beast::http::error::body_limit) return 413;
  if (error == beast::http::error::header_limit) return 431;
  if (error == beast::http::error::bad_version && EndsInVersion(head)) return 505;
  return 400;
}

boost::asio::const_buffer Buffer(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

// Beast's parser, writing straight into a Request: its own message type would allocate each header
// and keep what it joins or merges.
class RequestParser::Framing final : public beast::http::basic_parser<true> {
 public:
  Framing(const Limits& limits, Request& request, std::string& target)
      : request_(request), target_(target) {
    header_limit(static_cast<uint32_t>(limits.head));
    body_limit(limits.body);
  }

 private:
  void on_request_impl(beast::http::verb /*method*/, beast::string_view method,
                       beast::string_view target, int version, beast::error_code& ec) override {
    ec = {};
    request_.method.assign(method.data(), method.size());
    target_.assign(target.data(), target.size());
    request_.http11 = version == 11;
    request_.headers.reserve(16);
  }

  void on_response_impl(int /*status*/, beast::string_view /*reason*/, int /*version*/,
                        beast::error_code& ec) override {
    ec = beast::http::error::bad_method;
  }

  // Called for trailers too, which nobody here needs and no head rule has judged.
  void on_field_impl(beast::http::field /*field*/, beast::string_view name,
                     beast::string_view value, beast::error_code& ec) override {
    ec = {};
    if (is_header_done()) return;
    Header& header = request_.headers.emplace_back();
    header.name.assign(name.data(), name.size());
    absl::AsciiStrToLower(&header.name);
    header.value.assign(value.data(), value.size());
  }

  void on_header_impl(beast::error_code& ec) override { ec = {}; }

  void on_body_init_impl(const boost::optional<uint64_t>& length, beast::error_code& ec) override {
    ec = {};
    if (length) request_.body.reserve(std::min(*length, kReserved));
  }

  size_t on_body_impl(beast::string_view piece, beast::error_code& ec) override {
    ec = {};
    request_.body.append(piece.data(), piece.size());
    return piece.size();
  }

  void on_chunk_header_impl(uint64_t /*size*/, beast::string_view /*extension*/,
                            beast::error_code& ec) override {
    ec = {};
  }

  size_t on_chunk_body_impl(uint64_t /*remain*/, beast::string_view piece,
                            beast::error_code& ec) override {
    return on_body_impl(piece, ec);
  }

  void on_finish_impl(beast::error_code& ec) override { ec = {}; }

  Request& request_;
  std::string& target_;
};

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {}
RequestParser::~RequestParser() = default;

size_t RequestParser::Feed(absl::string_view bytes) {
  size_t used = 0;
  if (state_ == State::kHead) {
    used = SkipEmptyLine(bytes);
    used += FeedHead(bytes.substr(used));
  }
  if (state_ == State::kBody) used += FeedBody(bytes.substr(used));
  return used;
}

// RFC 9112 2.2: old clients send one after a body.
size_t RequestParser::SkipEmptyLine(absl::string_view bytes) {
  if (empty_line_skipped_ || !absl::StartsWith(bytes, "\r\n")) return 0;
  empty_line_skipped_ = true;
  return 2;
}

size_t RequestParser::FeedHead(absl::string_view bytes) {
  if (bytes == "\r" && !empty_line_skipped_) return 0;
  const HeadScan::Verdict verdict = scan_.Continue(bytes);
  if (verdict == HeadScan::Verdict::kMalformed) {
    Refuse(400);
    return 0;
  }
  const bool complete = verdict == HeadScan::Verdict::kComplete;
  const absl::string_view head = complete ? bytes.substr(0, scan_.size()) : bytes;
  if (IsLineTooLong(head, limits_)) {
    Refuse(414);
  } else if (head.size() > limits_.head) {
    Refuse(431);
  } else if (complete) {
    return ParseHead(head);
  }
  return 0;
}

size_t RequestParser::ParseHead(absl::string_view head) {
  framing_ = std::make_unique<Framing>(limits_, request_, target_);
  beast::error_code error;
  framing_->put(Buffer(head), error);
  if (error && error != beast::http::error::body_limit) {
    Refuse(StatusOf(error, head));
  } else if (const int status = JudgeHead(request_, target_, limits_); status != 0) {
    Refuse(status);
  } else if (error) {
    Refuse(413);
  } else {
    ApplyTarget(target_, request_);
    expects_continue_ = ExpectsContinue(request_);
    framing_->eager(true);
    state_ = framing_->is_done() ? State::kComplete : State::kBody;
  }
  return head.size();
}

size_t RequestParser::FeedBody(absl::string_view bytes) {
  if (bytes.empty()) return 0;
  expects_continue_ = false;
  size_t used = 0;
  beast::error_code error;
  while (used < bytes.size() && !framing_->is_done() && !error) {
    used += framing_->put(Buffer(bytes.substr(used)), error);
  }
  if (error && error != beast::http::error::need_more) {
    Refuse(StatusOf(error, {}));
  } else if (framing_->is_done()) {
    state_ = State::kComplete;
  } else if (bytes.size() - used > limits_.head) {
    Refuse(431);  // a chunk's extension or the trailers
  }
  return used;
}

bool RequestParser::keep_alive() const { return framing_ && framing_->keep_alive(); }

Request RequestParser::Take() {
  state_ = State::kHead;
  empty_line_skipped_ = expects_continue_ = false;
  scan_ = HeadScan();
  framing_.reset();
  target_.clear();
  return std::exchange(request_, Request());
}

void RequestParser::Refuse(int status) {
  state_ = State::kRefused;
  status_ = status;
}

}  // namespace bitrade::gateway::http
