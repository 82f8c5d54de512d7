#include "gateway/transcoding/problem.h"

#include <google/protobuf/descriptor.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

using JsonText = rapidjson::Writer<rapidjson::StringBuffer>;

// Reasons whose HTTP status is not that of their code. RANGE_NOT_SATISFIABLE is what documents says
// of a range, TOO_MANY_SUPPORT_TICKETS what registry says to who writes too much.
int StatusOfReason(const std::string& reason) {
  static const auto& statuses = *new std::vector<std::pair<absl::string_view, int>>{
      {kMethodNotAllowed.name, 405},  {kNotAcceptable.name, 406},
      {kEtagMismatch.name, 412},      {kUnsupportedMediaType.name, 415},
      {"RANGE_NOT_SATISFIABLE", 416}, {kIfMatchRequired.name, 428},
      {kRateLimited.name, 429},       {"TOO_MANY_SUPPORT_TICKETS", 429},
      {kRequestTimeout.name, 408},    {kContentTooLarge.name, 413},
      {kUriTooLong.name, 414},        {kExpectationFailed.name, 417},
      {kHeadTooLarge.name, 431},      {kVersionNotSupported.name, 505}};
  for (const auto& [known, status] : statuses) {
    if (reason == known) return status;
  }
  return 0;
}

bool IsOurs(const std::string& reason) {
  const auto& ours = GatewayReasons();
  return std::any_of(ours.begin(), ours.end(),
                     [&](const Reason* known) { return reason == known->name; });
}

int StatusOfCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return 422;
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

// What is said of a status that nobody gave a reason, such as those of gRPC itself.
const Reason& ReasonFor(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return kInvalidRequest;
    case absl::StatusCode::kOutOfRange:
      return kMalformedRequest;
    case absl::StatusCode::kUnauthenticated:
      return kUnauthenticated;
    case absl::StatusCode::kPermissionDenied:
      return kPermissionDenied;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return kConflictRetry;
    case absl::StatusCode::kResourceExhausted:
      return kOverloaded;
    case absl::StatusCode::kUnavailable:
      return kUnavailable;
    case absl::StatusCode::kDeadlineExceeded:
      return kDeadlineExceeded;
    default:
      return kInternalError;
  }
}

ErrorDetails CompleteDetailsOf(const absl::Status& status) {
  ErrorDetails details = DetailsOf(status);
  if (!details.reason.empty() && !details.english_title.empty() && !details.swedish_title.empty()) {
    return details;
  }
  ErrorDetails standard = DetailsOf(Refuse(ReasonFor(status.code())));
  if (!details.reason.empty()) standard.reason = details.reason;
  standard.violations = std::move(details.violations);
  return standard;
}

std::string CamelCase(absl::string_view snake) {
  std::string camel;
  bool upper = false;
  for (const char c : snake) {
    if (c != '_') camel.push_back(upper ? absl::ascii_toupper(c) : c);
    upper = c == '_';
  }
  return camel;
}

bool IsPlace(absl::string_view field) {
  return field.empty() || field.front() == '/' || field.front() == '?' ||
         absl::ascii_isupper(field.front());
}

void Member(JsonText& json, const char* name, absl::string_view value) {
  json.Key(name);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void WriteErrors(JsonText& json, const std::vector<Violation>& violations, const Route* route) {
  if (violations.empty()) return;
  json.Key("errors");
  json.StartArray();
  for (const Violation& violation : violations) {
    json.StartObject();
    Member(json, "pointer", PointerOf(violation.field, route));
    Member(json, "code", violation.code);
    Member(json, "detail", violation.detail);
    json.EndObject();
  }
  json.EndArray();
}

std::optional<int> RetryAfter(int status, const ErrorDetails& details) {
  if (details.retry_after_seconds) return details.retry_after_seconds;
  return status == 503 || status == 429 ? std::optional<int>(1) : std::nullopt;
}

}  // namespace

int HttpStatusOf(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (const int special = StatusOfReason(reason); special != 0) return special;
  if (status.code() == absl::StatusCode::kInvalidArgument && IsOurs(reason)) return 400;
  return StatusOfCode(status.code());
}

std::string PointerOf(absl::string_view field, const Route* route) {
  if (IsPlace(field)) return std::string(field);
  std::vector<absl::string_view> steps =
      absl::StrSplit(field, absl::ByAnyChar(".[]"), absl::SkipEmpty());
  if (route != nullptr && route->body != "*" && !steps.empty()) {
    if (steps.front() != route->body) return absl::StrCat("?", CamelCase(steps.front()));
    steps.erase(steps.begin());
  }
  std::string pointer;
  for (const absl::string_view step : steps) absl::StrAppend(&pointer, "/", CamelCase(step));
  return pointer;
}

Problem ProblemWriter::Write(const absl::Status& status, const ProblemContext& context) const {
  const ErrorDetails details = CompleteDetailsOf(status);
  const bool swedish = context.language == Language::kSwedish;
  Problem problem;
  problem.status = HttpStatusOf(status);
  problem.retry_after_seconds = RetryAfter(problem.status, details);
  rapidjson::StringBuffer buffer;
  JsonText json(buffer);
  json.StartObject();
  const std::string name = absl::StrReplaceAll(absl::AsciiStrToLower(details.reason), {{"_", "-"}});
  Member(json, "type", absl::StrCat(public_base_, "/problems/", name));
  Member(json, "title", swedish ? details.swedish_title : details.english_title);
  json.Key("status");
  json.Int(problem.status);
  Member(json, "detail", swedish ? details.swedish_detail : details.english_detail);
  Member(json, "instance", absl::StrCat("urn:uuid:", context.request_id));
  Member(json, "reason", details.reason);
  WriteErrors(json, details.violations, context.route);
  json.EndObject();
  problem.body = std::string(buffer.GetString(), buffer.GetSize());
  return problem;
}

}  // namespace bitrade::gateway
