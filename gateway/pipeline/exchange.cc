#include "gateway/pipeline/exchange.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/pipeline/access_log.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/pipeline/etag.h"
#include "gateway/pipeline/refusal_row.h"
#include "gateway/pipeline/standard_headers.h"
#include "gateway/refusals/refusal_trail.h"
#include "gateway/transcoding/json_writer.h"
#include "gateway/transcoding/problem.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/error/error.h"
#include "services/common/rpc/trace.h"

namespace bitrade::gateway {
namespace {

constexpr char kJson[] = "application/json";
constexpr char kProblem[] = "application/problem+json";

google::protobuf::ArenaOptions OptionsFor(char* block, size_t size) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block;
  options.initial_block_size = size;
  options.start_block_size = size;
  return options;
}

// A client may name its request, so that its own log and ours meet; by a UUID, which is nothing
// else.
std::string RequestIdOf(const http::Request& request, IdSource& ids, absl::Time now) {
  const absl::string_view sent = request.Find("x-request-id");
  return IsUuid(sent) ? std::string(sent) : ids.NewUuid(now);
}

}  // namespace

Exchange::Exchange(http::Request request, http::Reply reply, const Parts& parts)
    : arena_(OptionsFor(block_, kFirstBlock)),
      parts_(parts),
      hold_(parts.under_way),
      now_(parts.clock.TimeNow()),
      request_(std::move(request)),
      reply_(std::move(reply)),
      request_id_(RequestIdOf(request_, parts.ids, now_)),
      traceparent_(rpc::NextTraceparent(request_.Find("traceparent"))),
      language_(ChooseLanguage(request_.Find("accept-language"))) {}

Exchange::~Exchange() {
  if (!answered_) Refuse(bitrade::Refuse(kInternalError));
}

absl::string_view Exchange::Cookie(absl::string_view name) const {
  // Of two such headers nobody could tell which one a proxy has looked at.
  if (request_.Count("cookie") > 1) return {};
  return FindCookie(request_.Find("cookie"), name);
}

rpc::Outgoing Exchange::OutgoingFor(std::chrono::milliseconds time) const {
  return {.request_id = request_id_,
          .traceparent = traceparent_,
          .person = session.person_id(),
          .deadline = std::chrono::system_clock::now() + time};
}

google::protobuf::Message* Exchange::NewMessage(const google::protobuf::Descriptor& type) {
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New(&arena_);
}

void Exchange::AddHeader(std::string name, std::string value) {
  headers_.push_back({std::move(name), std::move(value)});
}

std::vector<http::Header> Exchange::TakeHeaders() {
  AddStandardHeaders(request_id_, traceparent_, headers_);
  return std::move(headers_);
}

void Exchange::Log(int status, const std::string& reason) {
  answered_ = true;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
  LogAccess(parts_,
            {.method = request_.method,
             .route = route_,
             .status = status,
             .reason = reason,
             .seconds = took.count(),
             .request_id = request_id_,
             .traceparent = traceparent_},
            now_);
}

void Exchange::Answer(const google::protobuf::Message& answer) {
  AnswerSerialized(answer.SerializeAsString());
}

void Exchange::AnswerSerialized(absl::string_view answer) {
  http::Response response{.status = route_->success_status};
  if (response.status == 204) return SendJson(std::move(response), {});
  absl::StatusOr<Written> written = parts_.json.Write(*route_->method->output_type(), answer,
                                                      {*message, request_.path, request_.query});
  if (!written.ok()) return Refuse(written.status());
  response.content_type = kJson;
  response.body = std::move(written->json);
  if (response.status == 201) AddHeader("Location", std::move(written->self));
  SendJson(std::move(response), std::move(written->etag));
}

void Exchange::SendJson(http::Response response, std::string etag) {
  const int max_age = route_->public_max_age_seconds;
  if (max_age > 0) {
    AddHeader("Cache-Control", absl::StrCat("public, max-age=", max_age));
    AddHeader("Vary", "Accept");
    if (etag.empty()) etag = EtagOfBytes(response.body);
  }
  if (!etag.empty() && route_->verb == "GET" && Matches(request_.Find("if-none-match"), etag)) {
    response = {.status = 304};
  }
  if (!etag.empty()) AddHeader("ETag", std::move(etag));
  Send(std::move(response));
}

void Exchange::Send(http::Response response) {
  Log(response.status, "");
  response.headers = TakeHeaders();
  reply_.Send(std::move(response));
}

void Exchange::GoTo(std::string location) {
  AddHeader("Location", std::move(location));
  Send({.status = 303});
}

void Exchange::Refuse(const absl::Status& status) {
  if (IsToBeTold(*this, status)) parts_.refusals.Record(RefusalRowOf(*this, status));
  SendProblem(status);
}

// No service has a row of a ticket that it does not believe: nobody is proved to it.
void Exchange::PassOnRefusal(const absl::Status& status) {
  status.code() == absl::StatusCode::kUnauthenticated ? Refuse(status) : SendProblem(status);
}

void Exchange::SendProblem(const absl::Status& status) {
  Problem problem = parts_.problems.Write(status, {language_, request_id_, route_});
  AddHeader("Content-Language", LanguageTag(language_));
  if (problem.retry_after_seconds) {
    AddHeader("Retry-After", absl::StrCat(*problem.retry_after_seconds));
  }
  if (problem.status == 401) AddHeader("WWW-Authenticate", "Session realm=\"bitrade\"");
  Log(problem.status, ReasonOf(status));
  reply_.Send({problem.status, kProblem, std::move(problem.body), TakeHeaders()});
}

void Exchange::Begin(int status, std::string content_type, uint64_t length) {
  streamed_status_ = status;
  reply_.Begin(status, std::move(content_type), TakeHeaders(), length);
}

bool Exchange::Write(std::string piece, std::function<void()> on_drain) {
  return reply_.Write(std::move(piece), std::move(on_drain));
}

void Exchange::End() {
  Log(streamed_status_, "");
  reply_.End();
}

void Exchange::Abort() {
  Log(streamed_status_, "ABORTED");
  reply_.Abort();
}

}  // namespace bitrade::gateway
