#include "tests/eid-sim/rp_api.h"

#include <string>

#include "services/common/base/status_macros.h"
#include "tests/eid-sim/answers.h"
#include "tests/eid-sim/auth_request.h"
#include "tests/eid-sim/json_object.h"

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

absl::StatusOr<std::string> ParseOrderRef(const std::string& text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  std::string order_ref = body.Text("orderRef");
  RETURN_IF_ERROR(body.Finish());
  return order_ref;
}

HttpAnswer Suffer(const Fault& fault) {
  if (fault.status != 0 && !fault.error_code.empty()) {
    return Error(fault.status, fault.error_code, "Ordered fault");
  }
  HttpAnswer answer;
  answer.status = fault.status;
  answer.body = "<html><body>Ordered fault</body></html>";
  return answer;
}

}  // namespace

HttpAnswer RpApi::Answer(const HttpRequest& request) {
  const std::optional<Fault> fault = faults_.Take();
  const bool replaced = fault && (fault->status != 0 || fault->drop);
  HttpAnswer answer = replaced ? Suffer(*fault) : Route(request);
  if (fault) {
    answer.delay = fault->delay;
    answer.drop = fault->drop;
  }
  return answer;
}

HttpAnswer RpApi::Route(const HttpRequest& request) {
  const bool auth = request.path == "/rp/v6.0/auth";
  const bool collect = request.path == "/rp/v6.0/collect";
  if (!auth && !collect && request.path != "/rp/v6.0/cancel") {
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
  if (auth) return Auth(request);
  return collect ? Collect(request) : Cancel(request);
}

HttpAnswer RpApi::Auth(const HttpRequest& request) {
  const absl::StatusOr<AuthRequest> body = ParseAuthRequest(request.body);
  if (!body.ok()) return Error(body.status());
  const absl::StatusOr<Order> order = orders_.Create(request.peer, *body);
  return order.ok() ? Ok(AuthJson(order->tokens)) : Error(order.status());
}

HttpAnswer RpApi::Collect(const HttpRequest& request) {
  const absl::StatusOr<std::string> order_ref = ParseOrderRef(request.body);
  if (!order_ref.ok()) return Error(order_ref.status());
  const absl::StatusOr<Order> order = orders_.Collect(request.peer, *order_ref);
  return order.ok() ? Ok(CollectJson(*order)) : Error(order.status());
}

HttpAnswer RpApi::Cancel(const HttpRequest& request) {
  const absl::StatusOr<std::string> order_ref = ParseOrderRef(request.body);
  if (!order_ref.ok()) return Error(order_ref.status());
  const absl::Status cancelled = orders_.Cancel(request.peer, *order_ref);
  return cancelled.ok() ? Ok("{}") : Error(cancelled);
}

}  // namespace bitrade::eidsim
