#include "tests/eid-sim/rp_api.h"

#include <string>
#include <utility>

#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/answers.h"
#include "tests/eid-sim/order_request.h"

namespace bitrade::eidsim {
namespace {

HttpAnswer Error(int status, absl::string_view code, absl::string_view details) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = ErrorJson(code, details);
  return answer;
}

HttpAnswer Error(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
      return Error(400, "alreadyInProgress", status.message());
    case absl::StatusCode::kResourceExhausted:
      return Error(429, "tooManyRequests", status.message());
    default:
      return Error(400, "invalidParameters", status.message());
  }
}

HttpAnswer Ok(std::string body) {
  HttpAnswer answer;
  answer.body = std::move(body);
  return answer;
}

HttpAnswer Html(int status) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = "<html><body>Ordered fault</body></html>";
  answer.content_type = "text/html";
  return answer;
}

// What stands in the way before the body is read.
std::optional<HttpAnswer> Refusal(absl::string_view call, const HttpRequest& request) {
  if (call != "auth" && call != "sign" && call != "collect" && call != "cancel") {
    return Error(404, "notFound", "No such path");
  }
  if (request.method != "POST") {
    HttpAnswer answer;
    answer.status = 405;
    return answer;
  }
  if (request.content_type != "application/json") {
    return Error(415, "unsupportedMediaType", "Content-Type must be application/json");
  }
  if (request.oversize) return Error(400, "invalidParameters", "Body too large");
  return std::nullopt;
}

void Strike(const std::optional<Fault>& fault, HttpAnswer& answer) {
  if (!fault) return;
  answer.delay += fault->delay;
  answer.drop = answer.drop || fault->drop || fault->lost;
}

}  // namespace

HttpAnswer RpApi::Answer(const HttpRequest& request) {
  absl::string_view call = request.path;
  if (!absl::ConsumePrefix(&call, "/rp/v6.0/")) call = "";
  const std::optional<Fault> fault = faults_.Take(call);
  HttpAnswer answer = Perform(call, request, fault);
  Strike(fault, answer);
  return answer;
}

HttpAnswer RpApi::Perform(absl::string_view call, const HttpRequest& request,
                          const std::optional<Fault>& fault) {
  if (fault && fault->drop) return {};
  if (fault && fault->status != 0) {
    return fault->error_code.empty() ? Html(fault->status)
                                     : Error(fault->status, fault->error_code, "Ordered fault");
  }
  if (const std::optional<HttpAnswer> refusal = Refusal(call, request)) return *refusal;
  if (call == "auth") return Begin(request, OrderKind::kAuth);
  if (call == "sign") return Begin(request, OrderKind::kSign);
  return call == "collect" ? Collect(request, fault) : Cancel(request);
}

HttpAnswer RpApi::Begin(const HttpRequest& request, OrderKind kind) {
  const absl::StatusOr<OrderRequest> body = ParseOrderRequest(request.body, kind, unknown_);
  if (!body.ok()) return Error(body.status());
  const absl::StatusOr<Order> order = orders_.Create(request.peer, *body);
  return order.ok() ? Ok(CreatedJson(order->tokens)) : Error(order.status());
}

absl::StatusOr<std::string> RpApi::ReadOrderRef(const std::string& text) const {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  std::string order_ref = body.Text("orderRef");
  RETURN_IF_ERROR(body.Finish(unknown_));
  return order_ref;
}

HttpAnswer RpApi::Collect(const HttpRequest& request, const std::optional<Fault>& fault) {
  const absl::StatusOr<std::string> order_ref = ReadOrderRef(request.body);
  if (!order_ref.ok()) return Error(order_ref.status());
  absl::StatusOr<Order> order = orders_.Collect(request.peer.fingerprint, *order_ref);
  if (!order.ok()) return Error(order.status());
  return Told(*std::move(order), fault);
}

HttpAnswer RpApi::Told(Order order, const std::optional<Fault>& fault) {
  if (order.status != OrderStatus::kComplete) {
    if (fault && !fault->hint.empty()) order.hint = fault->hint;
    return Ok(HintJson(order));
  }
  const std::optional<Fault> late = faults_.TakeAtCompletion();
  for (const std::optional<Fault>& struck : {fault, late}) {
    if (struck && !struck->risk.empty()) order.approval.risk = struck->risk;
  }
  HttpAnswer answer = Ok(CompleteJson(order, evidence_.Make(order, orders_.SharedTime())));
  Strike(late, answer);
  return answer;
}

HttpAnswer RpApi::Cancel(const HttpRequest& request) {
  const absl::StatusOr<std::string> order_ref = ReadOrderRef(request.body);
  if (!order_ref.ok()) return Error(order_ref.status());
  const absl::Status cancelled = orders_.Cancel(request.peer.fingerprint, *order_ref);
  return cancelled.ok() ? Ok("{}") : Error(cancelled);
}

}  // namespace bitrade::eidsim
