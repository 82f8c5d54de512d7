#include "gateway/pipeline/request_pipeline.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/pipeline/accept.h"
#include "gateway/pipeline/client_address.h"
#include "gateway/pipeline/context_watch.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/pipeline/origin.h"
#include "gateway/sessions/session_store.h"
#include "gateway/sessions/ticket_renewal.h"
#include "gateway/sessions/token.h"
#include "gateway/transcoding/binding.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kRenewalTime{900};

bool IsPublic(const Route& route) {
  return std::find(route.roles.begin(), route.roles.end(), options::v1::PUBLIC) !=
         route.roles.end();
}

bool IsChange(const Route& route) { return route.verb != "GET"; }

// An answer without members is no JSON: there is none, or it is a document of its own kind.
bool AnswersJson(const Route& route) { return route.method->output_type()->field_count() > 0; }

bool IsAcceptable(const Exchange& exchange) {
  return !AnswersJson(*exchange.route()) || AcceptsJson(exchange.request().Find("accept"));
}

bool IsFromForeignPage(const Exchange& exchange) {
  const http::Request& request = exchange.request();
  return IsChange(*exchange.route()) &&
         !IsOwnOrigin(exchange.parts().origin, request.Find("origin"),
                      request.Find("sec-fetch-site"));
}

BrowserFacts BrowserOf(const Exchange& exchange) {
  if (exchange.route()->browser == nullptr) return {};
  const absl::string_view device = exchange.Cookie(kDeviceCookie);
  return {.address = exchange.request().peer_address,
          .user_agent = exchange.request().Find("user-agent"),
          .device_identifier = IsToken(device) ? crypto::Sha256Hex(device) : ""};
}

absl::Status Bind(Exchange& exchange, const std::vector<Capture>& captures) {
  const http::Request& request = exchange.request();
  exchange.message = exchange.NewMessage(*exchange.route()->method->input_type());
  return BindRequest(*exchange.route(), captures,
                     {.query = request.query,
                      .content_type = request.Find("content-type"),
                      .if_match = request.Find("if-match"),
                      .idempotency_key = request.Find("idempotency-key"),
                      .body = request.body,
                      .browser = BrowserOf(exchange)},
                     *exchange.message);
}

bool HasCsrfToken(const Exchange& exchange) {
  return crypto::EqualConstantTime(exchange.request().Find("x-csrf-token"),
                                   exchange.session.csrf_token());
}

void RefuseMethod(Exchange& exchange, const MethodNotAllowed& found) {
  exchange.AddHeader("Allow", absl::StrJoin(found.allowed, ", "));
  if (exchange.request().method == "OPTIONS") return exchange.Send({.status = 204});
  exchange.Refuse(Refuse(kMethodNotAllowed));
}

}  // namespace

absl::Status RequestPipeline::CheckComplete() const {
  std::vector<std::string> missing;
  for (const auto& route : routes_.routes()) {
    const auto found = handlers_.find(route.get());
    if (found == handlers_.end() || !found->second) missing.push_back(route->method->full_name());
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("nobody answers ", absl::StrJoin(missing, ", ")));
}

void RequestPipeline::Handle(http::Request request, http::Reply reply) {
  request.peer_address = ClientAddress(request, parts_.proxies);
  const auto exchange = std::make_shared<Exchange>(std::move(request), std::move(reply), parts_);
  const RouteMatch match = routes_.Find(exchange->request().method, exchange->request().path);
  if (const auto* found = std::get_if<RouteFound>(&match)) {
    HandleRoute(exchange, *found);
  } else if (const auto* elsewhere = std::get_if<MethodNotAllowed>(&match)) {
    RefuseMethod(*exchange, *elsewhere);
  } else {
    exchange->Refuse(Refuse(kNotFound));
  }
}

void RequestPipeline::HandleRoute(const ExchangePtr& exchange, const RouteFound& found) {
  exchange->TakeRoute(*found.route);
  if (!IsAcceptable(*exchange)) return exchange->Refuse(Refuse(kNotAcceptable));
  if (IsFromForeignPage(*exchange)) return RefuseForeignPage(exchange);
  if (IsPublic(*found.route)) {
    const absl::Status bound = Bind(*exchange, found.captures);
    return bound.ok() ? Dispatch(exchange) : exchange->Refuse(bound);
  }
  const absl::string_view token = exchange->Cookie(kSessionCookie);
  if (!IsToken(token)) return exchange->Refuse(Refuse(kSessionRequired));
  // Bound here and not where the session arrives: that thread serves all of them.
  const absl::Status bound = Bind(*exchange, found.captures);
  exchange->session_key = SessionKeyOf(token);
  sessions_.Find(exchange->session_key, exchange->session,
                 [this, exchange, bound](const absl::Status& session) {
                   session.ok() ? HandleWithSession(exchange, bound) : exchange->Refuse(session);
                 });
}

// Whose session it would have been is for the audit trail, and prolongs nothing.
void RequestPipeline::RefuseForeignPage(const ExchangePtr& exchange) {
  exchange->from_foreign_page = true;
  const absl::string_view token = exchange->Cookie(kSessionCookie);
  if (!IsToken(token)) return exchange->Refuse(Refuse(kPermissionDenied));
  sessions_.Look(SessionKeyOf(token), exchange->session,
                 [exchange](const absl::Status& /*nobody's, then*/) {
                   exchange->Refuse(Refuse(kPermissionDenied));
                 });
}

void RequestPipeline::HandleWithSession(const ExchangePtr& exchange, const absl::Status& bound) {
  const absl::Status context = context_.Check(*exchange);
  if (!context.ok()) return exchange->Refuse(context);
  if (IsChange(*exchange->route()) && !HasCsrfToken(*exchange)) {
    return exchange->Refuse(Refuse(kCsrfRequired));
  }
  if (!bound.ok()) return exchange->Refuse(bound);
  tickets_.Refresh(exchange->session_key, exchange->session, exchange->OutgoingFor(kRenewalTime),
                   [this, exchange](const absl::Status& ticket) {
                     ticket.ok() ? Dispatch(exchange) : exchange->Refuse(ticket);
                   });
}

void RequestPipeline::Dispatch(const ExchangePtr& exchange) const {
  handlers_.find(exchange->route())->second(exchange);
}

}  // namespace bitrade::gateway
