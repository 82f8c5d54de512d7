#include "services/common/error/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bitrade {
namespace {

constexpr char kPayloadUrl[] = "bitrade/error";

// The payload is a list of length-prefixed strings: small, exact, and without a proto in this
// layer.
void Put(std::string& out, absl::string_view text) {
  absl::StrAppend(&out, text.size(), ":", text);
}

class Reader {
 public:
  explicit Reader(absl::string_view text) : text_(text) {}
  std::string Next() {
    const auto colon = text_.find(':');
    size_t size = 0;
    if (colon == absl::string_view::npos || !absl::SimpleAtoi(text_.substr(0, colon), &size))
      return "";
    std::string value(text_.substr(colon + 1, size));
    text_.remove_prefix(colon + 1 + value.size());
    return value;
  }
  size_t NextCount() {
    size_t count = 0;
    return absl::SimpleAtoi(Next(), &count) ? count : 0;
  }

 private:
  absl::string_view text_;
};

std::string Fill(absl::string_view text, const Metadata& metadata) {
  std::string filled(text);
  for (const auto& [key, value] : metadata) {
    filled = absl::StrReplaceAll(filled, {{absl::StrCat("{", key, "}"), value}});
  }
  return filled;
}

std::string Serialize(const ErrorDetails& details) {
  std::string out;
  for (const auto& text : {details.reason, details.english_title, details.english_detail,
                           details.swedish_title, details.swedish_detail}) {
    Put(out, text);
  }
  Put(out, details.retry_after_seconds ? absl::StrCat(*details.retry_after_seconds) : "");
  Put(out, absl::StrCat(details.metadata.size()));
  for (const auto& [key, value] : details.metadata) {
    Put(out, key);
    Put(out, value);
  }
  Put(out, absl::StrCat(details.violations.size()));
  for (const auto& violation : details.violations) {
    Put(out, violation.field);
    Put(out, violation.code);
    Put(out, violation.detail);
  }
  return out;
}

ErrorDetails Parse(const std::string& payload) {
  ErrorDetails details;
  Reader reader(payload);
  for (std::string* text : {&details.reason, &details.english_title, &details.english_detail,
                            &details.swedish_title, &details.swedish_detail}) {
    *text = reader.Next();
  }
  int seconds = 0;
  if (absl::SimpleAtoi(reader.Next(), &seconds)) details.retry_after_seconds = seconds;
  for (size_t left = reader.NextCount(); left > 0; --left) {
    std::string key = reader.Next();
    details.metadata.emplace_back(std::move(key), reader.Next());
  }
  for (size_t left = reader.NextCount(); left > 0; --left) {
    Violation violation;
    violation.field = reader.Next();
    violation.code = reader.Next();
    violation.detail = reader.Next();
    details.violations.push_back(std::move(violation));
  }
  return details;
}

ErrorDetails DetailsFor(const Reason& reason, const Metadata& metadata) {
  ErrorDetails details;
  details.reason = reason.name;
  details.metadata = metadata;
  details.english_title = reason.english.title;
  details.english_detail = Fill(reason.english.detail, metadata);
  details.swedish_title = reason.swedish.title;
  details.swedish_detail = Fill(reason.swedish.detail, metadata);
  if (reason.code == absl::StatusCode::kUnavailable ||
      reason.code == absl::StatusCode::kResourceExhausted) {
    details.retry_after_seconds = 1;
  }
  return details;
}

}  // namespace

absl::Status WithDetails(absl::Status status, const ErrorDetails& details) {
  status.SetPayload(kPayloadUrl, absl::Cord(Serialize(details)));
  return status;
}

absl::Status Refuse(const Reason& reason, const Metadata& metadata) {
  const ErrorDetails details = DetailsFor(reason, metadata);
  return WithDetails(absl::Status(reason.code, details.english_detail), details);
}

void Violations::Add(absl::string_view field, absl::string_view code, absl::string_view detail) {
  violations_.push_back({std::string(field), std::string(code), std::string(detail)});
}

absl::Status Violations::ToStatus() const {
  if (violations_.empty()) return absl::OkStatus();
  ErrorDetails details = DetailsFor(kInvalidRequest, {});
  details.violations = violations_;
  return WithDetails(absl::Status(kInvalidRequest.code, details.english_detail), details);
}

ErrorDetails DetailsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  return payload ? Parse(std::string(*payload)) : ErrorDetails{};
}

std::string ReasonOf(const absl::Status& status) { return DetailsOf(status).reason; }

}  // namespace bitrade
