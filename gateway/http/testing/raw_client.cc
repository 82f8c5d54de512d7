#include "gateway/http/testing/raw_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bitrade::gateway::http::testing {
namespace {

constexpr int kPatienceMs = 10'000;
constexpr char kEmptyLine[] = "\r\n\r\n";
constexpr size_t kEmptyLineSize = 4;

absl::string_view HeadOf(absl::string_view answer) {
  return answer.substr(0, answer.find(kEmptyLine));
}

// The size of the chunked body that starts at the front of `bytes`; npos while it is incomplete.
size_t ChunkedSize(absl::string_view bytes) {
  size_t at = 0;
  for (;;) {
    const size_t eol = bytes.find("\r\n", at);
    if (eol == absl::string_view::npos) return eol;
    const size_t size = std::stoul(std::string(bytes.substr(at, eol - at)), nullptr, 16);
    at = eol + 2 + size + 2;
    if (at > bytes.size()) return absl::string_view::npos;
    if (size == 0) return at;
  }
}

}  // namespace

RawClient::RawClient(int port, int receive_buffer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const int now = 1;  // many tests send one request in pieces
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  reset_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
}

RawClient::~RawClient() { Leave(); }

void RawClient::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

void RawClient::EndSending() { ::shutdown(fd_, SHUT_WR); }

void RawClient::Leave() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

bool RawClient::ReadMore() {
  pollfd poll{fd_, POLLIN, 0};
  if (fd_ < 0 || ::poll(&poll, 1, kPatienceMs) != 1) return false;
  std::array<char, 65536> bytes;
  const ssize_t size = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (size < 0) reset_ = true;
  if (size <= 0) return false;
  buffer_.append(bytes.data(), static_cast<size_t>(size));
  return true;
}

std::string RawClient::TakeFront(size_t size) {
  std::string front = buffer_.substr(0, size);
  buffer_.erase(0, front.size());
  return front;
}

std::string RawClient::ReadHead() {
  while (buffer_.find(kEmptyLine) == std::string::npos) {
    if (!ReadMore()) return std::exchange(buffer_, "");
  }
  return TakeFront(buffer_.find(kEmptyLine) + kEmptyLineSize);
}

std::string RawClient::ReadAnswer() {
  std::string answer = ReadHead();
  size_t size = 0;
  const bool chunked = HeaderOf(answer, "Transfer-Encoding") == "chunked";
  const bool sized = absl::SimpleAtoi(HeaderOf(answer, "Content-Length"), &size);
  if (!chunked && !sized) return answer;
  while (chunked ? ChunkedSize(buffer_) == std::string::npos : buffer_.size() < size) {
    if (!ReadMore()) return answer + std::exchange(buffer_, "");
  }
  return answer + TakeFront(chunked ? ChunkedSize(buffer_) : size);
}

std::string RawClient::ReadToEnd() {
  while (ReadMore()) {
  }
  return std::exchange(buffer_, "");
}

std::string BodyOf(absl::string_view answer) {
  const size_t head = answer.find(kEmptyLine);
  if (head == absl::string_view::npos) return "";
  absl::string_view rest = answer.substr(head + kEmptyLineSize);
  if (HeaderOf(answer, "Transfer-Encoding") != "chunked") return std::string(rest);
  std::string body;
  while (!rest.empty()) {
    const size_t eol = rest.find("\r\n");
    const size_t size = std::stoul(std::string(rest.substr(0, eol)), nullptr, 16);
    body.append(std::string(rest.substr(eol + 2, size)));
    rest.remove_prefix(std::min(eol + 2 + size + 2, rest.size()));
  }
  return body;
}

int StatusOf(absl::string_view answer) {
  int status = 0;
  const bool found =
      absl::StartsWith(answer, "HTTP/1.") && absl::SimpleAtoi(answer.substr(9, 3), &status);
  return found ? status : 0;
}

std::string HeaderOf(absl::string_view answer, absl::string_view name) {
  for (const absl::string_view line : absl::StrSplit(HeadOf(answer), "\r\n")) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(": ", 1));
    if (absl::EqualsIgnoreCase(parts.first, name)) return std::string(parts.second);
  }
  return "";
}

}  // namespace bitrade::gateway::http::testing
