#include "services/common/rpc/status.h"

#include <grpcpp/support/status.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/common/error/error.h"

namespace bitrade::rpc {
namespace {

constexpr char kDomain[] = "bitrade";
// Half of kMostMetadata, as binary headers travel in Base64.
constexpr size_t kMostViolationBytes = size_t{64} * 1024;
constexpr size_t kFraming = 16;

bool IsInternal(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

void AddText(google::rpc::Status& out, const char* locale, const std::string& title,
             const std::string& detail) {
  google::rpc::LocalizedMessage text;
  text.set_locale(locale);
  text.set_message(absl::StrCat(title, "\n", detail));
  out.add_details()->PackFrom(text);
}

// As many as the peer's limit of metadata lets through.
void AddViolations(google::rpc::Status& out, const std::vector<Violation>& violations) {
  google::rpc::BadRequest bad;
  size_t size = 0;
  for (const Violation& violation : violations) {
    size += violation.field.size() + violation.code.size() + violation.detail.size() + kFraming;
    if (size > kMostViolationBytes) break;
    auto* added = bad.add_field_violations();
    added->set_field(violation.field);
    added->set_description(absl::StrCat(violation.code, "\n", violation.detail));
  }
  out.add_details()->PackFrom(bad);
}

std::string Pack(const absl::Status& status, const ErrorDetails& details) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  out.set_message(std::string(status.message()));
  google::rpc::ErrorInfo info;
  info.set_reason(details.reason);
  info.set_domain(kDomain);
  for (const auto& [name, value] : details.metadata) (*info.mutable_metadata())[name] = value;
  out.add_details()->PackFrom(info);
  if (!details.violations.empty()) AddViolations(out, details.violations);
  AddText(out, "en", details.english_title, details.english_detail);
  AddText(out, "sv", details.swedish_title, details.swedish_detail);
  if (details.retry_after_seconds) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(*details.retry_after_seconds);
    out.add_details()->PackFrom(retry);
  }
  return out.SerializeAsString();
}

void ReadText(const google::rpc::LocalizedMessage& text, ErrorDetails& details) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(text.message(), absl::MaxSplits('\n', 1));
  const bool swedish = text.locale() == "sv";
  (swedish ? details.swedish_title : details.english_title) = parts.first;
  (swedish ? details.swedish_detail : details.english_detail) = parts.second;
}

void ReadViolations(const google::rpc::BadRequest& bad, ErrorDetails& details) {
  for (const auto& field : bad.field_violations()) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(field.description(), absl::MaxSplits('\n', 1));
    details.violations.push_back({field.field(), parts.first, parts.second});
  }
}

void ReadDetail(const google::protobuf::Any& any, ErrorDetails& details) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::LocalizedMessage text;
  google::rpc::RetryInfo retry;
  if (any.UnpackTo(&info)) {
    details.reason = info.reason();
    details.metadata.assign(info.metadata().begin(), info.metadata().end());
  } else if (any.UnpackTo(&bad)) {
    ReadViolations(bad, details);
  } else if (any.UnpackTo(&text)) {
    ReadText(text, details);
  } else if (any.UnpackTo(&retry)) {
    details.retry_after_seconds = static_cast<int>(retry.retry_delay().seconds());
  }
}

// What gRPC itself says without details: a neighbour that is not there, a call out of time.
absl::Status Bare(const grpc::Status& status) {
  const Reason* reason = nullptr;
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) reason = &kUnavailable;
  if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) reason = &kOverloaded;
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) reason = &kDeadlineExceeded;
  const absl::Status plain(static_cast<absl::StatusCode>(status.error_code()),
                           status.error_message());
  return reason == nullptr ? plain : WithDetails(plain, DetailsOf(Refuse(*reason)));
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (IsInternal(status.code())) return {grpc::StatusCode::INTERNAL, ""};
  const ErrorDetails details = DetailsOf(status);
  if (details.reason.empty()) return {code, ""};
  // Sentences of the database or of gRPC stay here; the reason's own texts are what others read.
  return {code, details.reason, Pack(absl::Status(status.code(), details.reason), details)};
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status packed;
  if (status.error_details().empty() || !packed.ParseFromString(status.error_details())) {
    return Bare(status);
  }
  ErrorDetails details;
  for (const auto& any : packed.details()) ReadDetail(any, details);
  return WithDetails(
      absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()),
      details);
}

}  // namespace bitrade::rpc
