#include "gateway/openapi/components.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bitrade::openapi {
namespace {

constexpr char kTrace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr char kRequest[] = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";

// One header, as a request or an answer has it.
struct HeaderText {
  const char* key;
  const char* name;
  const char* description;
  const char* example;
};

constexpr HeaderText kRequired[] = {
    {"CsrfToken", "X-CSRF-Token", "The session's `csrfToken`, on every change.", "c3Jm..."},
    {"IdempotencyKey", "Idempotency-Key",
     "A quoted text, new for each request; the same again gives the first answer for 48 hours.",
     "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""},
    {"IfMatch", "If-Match", "The ETag of the version that the change is made to.", "\"1\""}};

constexpr HeaderText kOptional[] = {
    {"AcceptLanguage", "Accept-Language",
     "The language of texts for people: sv (unless told otherwise) or en.", "sv"},
    {"Range", "Range", "One range of bytes.", "bytes=0-1023"},
    {"RequestId", "X-Request-Id", "A UUID for this request; one is made where there is none.",
     kRequest},
    {"Traceparent", "traceparent", "The trace that the request is part of (W3C Trace Context).",
     kTrace}};

constexpr HeaderText kAnswered[] = {
    {"AcceptRanges", "Accept-Ranges", "Ranges of bytes are served.", "bytes"},
    {"ContentDisposition", "Content-Disposition", "The file's name (RFC 6266).",
     "attachment; filename=\"Beslut.pdf\"; filename*=UTF-8''Beslut.pdf"},
    {"ContentRange", "Content-Range", "Which bytes of how many.", "bytes 0-1023/200000"},
    {"ETag", "ETag", "The version, for If-Match.", "\"1\""},
    {"Location", "Location", "Where the browser goes on.", "https://bitrade.example/#state=FAILED"},
    {"ReprDigest", "Repr-Digest", "SHA-256 of the whole content (RFC 9530).",
     "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"},
    {"RequestId", "X-Request-Id", "The request's id, which logs and problems have too.", kRequest},
    {"RetryAfter", "Retry-After", "Seconds to wait before the next try.", "1"},
    {"Traceparent", "traceparent", "The trace that the request is part of.", kTrace}};

Tree Text() { return Tree::Object({{"type", "string"}}); }

Tree Parameter(const HeaderText& header, const char* required) {
  return Tree::Object({{"name", header.name},
                       {"in", "header"},
                       {"required", Tree::FromJson(required)},
                       {"description", header.description},
                       {"schema", Text()},
                       {"example", header.example}});
}

}  // namespace

Tree SharedParameter(const char* key) {
  return Tree::Object({{"$ref", absl::StrCat("#/components/parameters/", key)}});
}

Tree SharedHeader(const char* key) {
  return Tree::Object({{"$ref", absl::StrCat("#/components/headers/", key)}});
}

void AddTracingHeaders(Tree& response) {
  response["headers"]["X-Request-Id"] = SharedHeader("RequestId");
  response["headers"]["traceparent"] = SharedHeader("Traceparent");
}

Tree SharedParameters() {
  Tree parameters;
  for (const HeaderText& header : kRequired) parameters[header.key] = Parameter(header, "true");
  for (const HeaderText& header : kOptional) parameters[header.key] = Parameter(header, "false");
  return parameters;
}

Tree SharedHeaders() {
  Tree headers;
  for (const HeaderText& header : kAnswered) {
    headers[header.key] = Tree::Object(
        {{"description", header.description}, {"schema", Text()}, {"example", header.example}});
  }
  return headers;
}

Tree SecuritySchemes() {
  Tree schemes;
  schemes["session"] =
      Tree::Object({{"type", "apiKey"},
                    {"in", "cookie"},
                    {"name", "__Host-session"},
                    {"description", "Set by the log-in; never to be read by scripts."}});
  return schemes;
}

Tree LinkSchema() {
  Tree schema = Tree::Object({{"type", "object"},
                              {"description", "Where to go next, and how."},
                              {"required", Tree::List({"href", "rel", "method"})}});
  for (const char* name : {"href", "rel", "method"}) schema["properties"][name] = Text();
  return schema;
}

Tree PageMetaSchema() {
  Tree schema = Tree::Object({{"type", "object"},
                              {"description", "Where the page stands in its list."},
                              {"required", Tree::List({"totalRecords", "limit", "count"})}});
  const std::pair<const char*, const char*> members[] = {
      {"totalRecords", "All rows of the list."},
      {"page", "The number of the page, from 1; absent where a cursor was followed."},
      {"limit", "The most rows of a page."},
      {"count", "The rows of this page."}};
  for (const auto& [name, description] : members) {
    schema["properties"][name] = Tree::Object({{"type", "integer"}, {"description", description}});
  }
  return schema;
}

}  // namespace bitrade::openapi
