#include "gateway/http/response_head.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bitrade::gateway::http {
namespace {

struct Phrase {
  int status;
  absl::string_view text;
};

// RFC 9110 15, and 425, 428, 429, 431, 451 of their own RFCs.
constexpr std::array<Phrase, 43> kPhrases = {{{200, "OK"},
                                              {201, "Created"},
                                              {202, "Accepted"},
                                              {203, "Non-Authoritative Information"},
                                              {204, "No Content"},
                                              {205, "Reset Content"},
                                              {206, "Partial Content"},
                                              {300, "Multiple Choices"},
                                              {301, "Moved Permanently"},
                                              {302, "Found"},
                                              {303, "See Other"},
                                              {304, "Not Modified"},
                                              {307, "Temporary Redirect"},
                                              {308, "Permanent Redirect"},
                                              {400, "Bad Request"},
                                              {401, "Unauthorized"},
                                              {402, "Payment Required"},
                                              {403, "Forbidden"},
                                              {404, "Not Found"},
                                              {405, "Method Not Allowed"},
                                              {406, "Not Acceptable"},
                                              {408, "Request Timeout"},
                                              {409, "Conflict"},
                                              {410, "Gone"},
                                              {411, "Length Required"},
                                              {412, "Precondition Failed"},
                                              {413, "Content Too Large"},
                                              {414, "URI Too Long"},
                                              {415, "Unsupported Media Type"},
                                              {416, "Range Not Satisfiable"},
                                              {417, "Expectation Failed"},
                                              {421, "Misdirected Request"},
                                              {422, "Unprocessable Content"},
                                              {425, "Too Early"},
                                              {428, "Precondition Required"},
                                              {429, "Too Many Requests"},
                                              {431, "Request Header Fields Too Large"},
                                              {451, "Unavailable For Legal Reasons"},
                                              {500, "Internal Server Error"},
                                              {501, "Not Implemented"},
                                              {503, "Service Unavailable"},
                                              {504, "Gateway Timeout"},
                                              {505, "HTTP Version Not Supported"}}};

// The phrase may be empty (RFC 9112 4).
absl::string_view PhraseOf(int status) {
  const auto found = std::lower_bound(kPhrases.begin(), kPhrases.end(), status,
                                      [](const Phrase& p, int s) { return p.status < s; });
  return found != kPhrases.end() && found->status == status ? found->text : absl::string_view();
}

// Written once a second in each thread. The machine's own clock: caches compare it with theirs.
absl::string_view DateLine() {
  thread_local std::time_t written = 0;
  thread_local std::array<char, 64> line{};
  thread_local size_t size = 0;
  const std::time_t now = std::time(nullptr);
  if (now != written) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    size = std::strftime(line.data(), line.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    written = now;
  }
  return {line.data(), size};
}

bool IsToken(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           absl::StrContains("!#$%&'*+-.^_`|~", c);
  });
}

bool IsWrittenByEdge(absl::string_view name) {
  for (const absl::string_view own :
       {"content-length", "transfer-encoding", "connection", "date", "server", "content-type"}) {
    if (absl::EqualsIgnoreCase(name, own)) return true;
  }
  return false;
}

bool IsValue(absl::string_view text) {
  return text.find_first_of(absl::string_view("\r\n\0", 3)) == absl::string_view::npos;
}

void AppendHeader(absl::string_view name, absl::string_view value, std::string& head) {
  if (IsToken(name) && IsValue(value)) absl::StrAppend(&head, name, ": ", value, "\r\n");
}

void AppendDelimiting(int status, const Delimiting& delimiting, std::string& head) {
  if (delimiting.chunked) {
    head.append("Transfer-Encoding: chunked\r\n");
  } else if (delimiting.length && StatusHasBody(status)) {
    absl::StrAppend(&head, "Content-Length: ", *delimiting.length, "\r\n");
  }
  if (!delimiting.keep_alive) {
    head.append("Connection: close\r\n");
  } else if (!delimiting.http11) {
    head.append("Connection: keep-alive\r\n");
  }
}

}  // namespace

bool StatusHasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string WriteHead(int status, absl::string_view content_type,
                      const std::vector<Header>& headers, const Delimiting& delimiting) {
  constexpr size_t kUsual = 1024;
  std::string head;
  head.reserve(kUsual);
  absl::StrAppend(&head, delimiting.http11 ? "HTTP/1.1 " : "HTTP/1.0 ", status, " ",
                  PhraseOf(status), "\r\n", DateLine());
  if (!content_type.empty()) AppendHeader("Content-Type", content_type, head);
  for (const Header& header : headers) {
    if (!IsWrittenByEdge(header.name)) AppendHeader(header.name, header.value, head);
  }
  AppendDelimiting(status, delimiting, head);
  head.append("\r\n");
  return head;
}

}  // namespace bitrade::gateway::http
