// The way of every request, in the order in which it is judged: route, representation, origin,
// session, token against forgery, message, ticket, and then whoever answers.
#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/http/message.h"
#include "gateway/http/reply.h"
#include "gateway/pipeline/exchange.h"
#include "gateway/pipeline/handlers.h"
#include "gateway/pipeline/parts.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::gateway {

class ContextWatch;
class SessionStore;
class TicketRenewal;

// Thread-safe; never blocks. Everything it refers to must outlive it and its requests.
class RequestPipeline {
 public:
  RequestPipeline(const RouteTable& routes, SessionStore& sessions, ContextWatch& context,
                  TicketRenewal& tickets, const Parts& parts)
      : routes_(routes), sessions_(sessions), context_(context), tickets_(tickets), parts_(parts) {}

  // Says who answers a route. Before the first request.
  void Serve(const Route& route, Handler handler) { handlers_[&route] = std::move(handler); }

  // Errors: INVALID_ARGUMENT that names the RPCs that nobody answers.
  absl::Status CheckComplete() const;

  // Answers a request, now or later.
  void Handle(http::Request request, http::Reply reply);

 private:
  void HandleRoute(const ExchangePtr& exchange, const RouteFound& found);
  void RefuseForeignPage(const ExchangePtr& exchange);
  void HandleWithSession(const ExchangePtr& exchange, const absl::Status& bound);
  void Dispatch(const ExchangePtr& exchange) const;

  const RouteTable& routes_;
  SessionStore& sessions_;
  ContextWatch& context_;
  TicketRenewal& tickets_;
  const Parts& parts_;
  absl::flat_hash_map<const Route*, Handler> handlers_;
};

}  // namespace bitrade::gateway
