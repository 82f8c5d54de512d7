#include "tests/eid-sim/oidc/http_answers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/eid-sim/oidc/json_members.h"

namespace bitrade::eidsim::oidc {

HttpAnswer JsonAnswer(std::string body) {
  HttpAnswer answer;
  answer.body = std::move(body);
  answer.headers = {{"Cache-Control", "no-store"}};
  return answer;
}

HttpAnswer JwtAnswer(std::string token) {
  HttpAnswer answer = JsonAnswer(std::move(token));
  answer.content_type = "application/jwt";
  return answer;
}

HttpAnswer Html(int status, absl::string_view content) {
  HttpAnswer answer = JsonAnswer(
      absl::StrCat("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                   "<title>eid-sim: Telia</title></head><body>",
                   content, "</body></html>\n"));
  answer.status = status;
  answer.content_type = "text/html; charset=utf-8";
  return answer;
}

HttpAnswer Redirect(absl::string_view url) {
  HttpAnswer answer;
  answer.status = 303;
  answer.headers = {{"Location", std::string(url)}, {"Cache-Control", "no-store"}};
  return answer;
}

HttpAnswer ErrorAnswer(int status, const OAuthError& error) {
  HttpAnswer answer = JsonAnswer(JsonMembers()
                                     .Text("error", error.code)
                                     .Text("error_description", error.description)
                                     .Object());
  answer.status = status;
  return answer;
}

std::string HtmlText(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

}  // namespace bitrade::eidsim::oidc
