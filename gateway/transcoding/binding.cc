#include "gateway/transcoding/binding.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/query.h"
#include "gateway/transcoding/reasons.h"
#include "gateway/transcoding/utf8.h"
#include "services/common/base/id.h"
#include "services/common/base/status_macros.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

bool IsId(const FieldDescriptor& field) {
  return field.name() == "id" || absl::EndsWith(field.name(), "_id");
}

void SetText(Message& message, const FieldDescriptor& field, std::string value) {
  message.GetReflection()->SetString(&message, &field, std::move(value));
}

absl::Status BindPath(const std::vector<Capture>& captures, Message& request) {
  for (const Capture& capture : captures) {
    const bool known = IsId(*capture.field)
                           ? IsUuid(capture.value)
                           : IsUtf8(capture.value) && !absl::StrContains(capture.value, '\0');
    if (!known) return Refuse(kNotFound);
    SetText(request, *capture.field, capture.value);
  }
  return absl::OkStatus();
}

// The text of a quoted string without escapes, as ETag and structured fields have it.
std::optional<std::string> Unquote(absl::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  for (const char c : text) {
    if (!absl::ascii_isgraph(c) || c == '"' || c == '\\') return std::nullopt;
  }
  return std::string(text);
}

absl::Status BindIfMatch(const Route& route, absl::string_view value, Message& request,
                         std::vector<Violation>& violations) {
  if (route.etag == nullptr) return absl::OkStatus();
  value = absl::StripAsciiWhitespace(value);
  if (value.empty()) return Refuse(kIfMatchRequired);
  if (auto etag = Unquote(value)) {
    SetText(request, *route.etag, *std::move(etag));
  } else if (value == "*" || (absl::StartsWith(value, "W/") && Unquote(value.substr(2)))) {
    // Equal to no etag: a weak one never matches strongly, and "*" names no version that was read.
    SetText(request, *route.etag, std::string(value));
  } else {
    violations.push_back({"If-Match", "MALFORMED", "Not one entity tag in quotation marks."});
  }
  return absl::OkStatus();
}

absl::Status BindIdempotencyKey(const Route& route, absl::string_view value, Message& request) {
  constexpr size_t kMaxKey = 255;
  if (route.idempotency_key == nullptr) return absl::OkStatus();
  auto key = Unquote(absl::StripAsciiWhitespace(value));
  if (!key || key->empty() || key->size() > kMaxKey) return Refuse(kIdempotencyKeyRequired);
  SetText(request, *route.idempotency_key, *std::move(key));
  return absl::OkStatus();
}

const char* BodyTypeOf(const Route& route) {
  if (route.form != nullptr) return "application/x-www-form-urlencoded";
  return route.verb == "PATCH" ? "application/merge-patch+json" : "application/json";
}

absl::Status CheckContentType(const Route& route, const RequestParts& parts) {
  if (parts.body.empty() || route.body.empty()) return absl::OkStatus();
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(parts.content_type, absl::MaxSplits(';', 1));
  const std::string type = absl::AsciiStrToLower(absl::StripAsciiWhitespace(halves.first));
  const bool json = type == "application/json" && route.form == nullptr;
  if (json || type == BodyTypeOf(route)) return absl::OkStatus();
  return Refuse(kUnsupportedMediaType, {{"accepted", BodyTypeOf(route)}});
}

JsonRules RulesOf(const Route& route) {
  JsonRules rules;
  if (route.verb == "PATCH") rules.null_meaning = NullMeaning::kCleared;
  if (route.body != "*") return rules;
  rules.closed = route.captures;
  for (const FieldDescriptor* field :
       {route.etag, route.idempotency_key, route.update_mask, route.browser}) {
    if (field != nullptr) rules.closed.push_back(field);
  }
  return rules;
}

void BindBrowser(const Route& route, const BrowserFacts& facts, Message& request) {
  if (route.browser == nullptr) return;
  Message& browser = *request.GetReflection()->MutableMessage(&request, route.browser);
  const auto& type = *browser.GetDescriptor();
  SetText(browser, *type.FindFieldByName("address"), facts.address);
  SetText(browser, *type.FindFieldByName("device_identifier"), facts.device_identifier);
  // A field of bytes that are no text would not be sent on.
  if (!IsUtf8(facts.user_agent)) return;
  SetText(browser, *type.FindFieldByName("user_agent"), std::string(facts.user_agent));
}

void SetMask(const FieldDescriptor& mask, const std::vector<std::string>& paths, Message& request) {
  Message* value = request.GetReflection()->MutableMessage(&request, &mask);
  const FieldDescriptor* field = value->GetDescriptor()->FindFieldByNumber(1);
  for (const std::string& path : paths) {
    value->GetReflection()->AddString(value, field, path);
  }
}

// Parameters beside the one are a matter of who sends them.
void BindForm(const FieldDescriptor& field, absl::string_view body, Message& request,
              std::vector<Violation>& violations) {
  const auto parameters = SplitQuery(body);
  if (!parameters) {
    violations.push_back({"", "SYNTAX", "The body is no form in UTF-8."});
    return;
  }
  bool seen = false;
  for (const QueryParameter& parameter : *parameters) {
    if (parameter.name != field.name()) continue;
    if (seen) {
      violations.push_back({absl::StrCat("/", field.name()), "DUPLICATE", "It is there twice."});
    }
    SetText(request, field, parameter.value);
    seen = true;
  }
}

void BindBody(const Route& route, absl::string_view body, Message& request,
              std::vector<Violation>& violations) {
  if (body.empty()) return;
  if (route.body.empty()) {
    violations.push_back({"", "UNKNOWN", "The request takes no body."});
    return;
  }
  if (route.form != nullptr) return BindForm(*route.form, body, request, violations);
  Message* target = &request;
  if (route.body != "*") {
    const auto* field = request.GetDescriptor()->FindFieldByName(route.body);
    target = request.GetReflection()->MutableMessage(&request, field);
  }
  JsonReading reading = ReadJson(body, RulesOf(route), *target);
  if (route.update_mask != nullptr) SetMask(*route.update_mask, reading.members, request);
  for (Violation& violation : reading.violations) violations.push_back(std::move(violation));
}

absl::Status Malformed(std::vector<Violation> violations) {
  if (violations.empty()) return absl::OkStatus();
  const absl::Status status = Refuse(kMalformedRequest);
  ErrorDetails details = DetailsOf(status);
  details.violations = std::move(violations);
  return WithDetails(status, details);
}

}  // namespace

absl::Status BindRequest(const Route& route, const std::vector<Capture>& captures,
                         const RequestParts& parts, Message& request) {
  std::vector<Violation> violations;
  RETURN_IF_ERROR(BindPath(captures, request));
  RETURN_IF_ERROR(CheckContentType(route, parts));
  RETURN_IF_ERROR(BindIfMatch(route, parts.if_match, request, violations));
  RETURN_IF_ERROR(BindIdempotencyKey(route, parts.idempotency_key, request));
  BindQuery(route, parts.query, request, violations);
  BindBody(route, parts.body, request, violations);
  BindBrowser(route, parts.browser, request);
  return Malformed(std::move(violations));
}

}  // namespace bitrade::gateway
