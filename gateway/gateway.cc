#include "gateway/gateway.h"

#include <google/protobuf/descriptor.h>

#include <chrono>
#include <cstdlib>
#include <utility>
#include <vector>

#include "gateway/backends/forward.h"
#include "gateway/backends/services.h"
#include "gateway/handlers/confirmation.h"
#include "gateway/handlers/content.h"
#include "gateway/handlers/documentation.h"
#include "gateway/handlers/session.h"
#include "gateway/handlers/sessions.h"
#include "gateway/handlers/signing_return.h"
#include "gateway/logins/bankid_return.h"
#include "gateway/logins/telia_logout.h"
#include "gateway/logins/telia_return.h"
#include "gateway/pipeline/edge_problem.h"
#include "gateway/pipeline/origin.h"
#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"
#include "services/common/rpc/trace.h"

namespace bitrade::gateway {
namespace {

constexpr absl::Duration kDrain = absl::Seconds(10);
constexpr std::chrono::milliseconds kLastCalls{5000};
constexpr std::chrono::milliseconds kTellTime{900};

absl::StatusOr<RouteTable> Routes() {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const Served& served : AllServices()) services.push_back(served.service);
  return RouteTable::FromDescriptors(services);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Make(const GatewayConfig& config) {
  ASSIGN_OR_RETURN(crypto::Keyring keyring, crypto::Keyring::Load(config.keyring));
  ASSIGN_OR_RETURN(RouteTable routes, Routes());
  std::unique_ptr<Gateway> gateway(new Gateway(config, std::move(keyring), std::move(routes)));
  RETURN_IF_ERROR(gateway->Wire());
  return gateway;
}

Gateway::Gateway(const GatewayConfig& config, crypto::Keyring keyring, RouteTable routes)
    : config_(config),
      clock_(MakeClock(config.clock_file)),
      keyring_(std::move(keyring)),
      routes_(std::move(routes)),
      json_(routes_),
      problems_(config.public_base_url),
      refusals_(*clock_, ids_),
      parts_{*clock_,       ids_,       metrics_,  json_,
             problems_,     under_way_, refusals_, OriginOf(config.public_base_url),
             config.proxies},
      backends_(config.neighbours, config.tls),
      provider_("identity", config.neighbours.at("identity"), config.tls, kProviderLimits),
      oidc_("identity", config.neighbours.at("identity"), config.tls, kOidcLimits),
      identity_(backends_.To("identity"), provider_),
      oidc_logins_(oidc_),
      registry_(backends_.To("registry")),
      documents_(backends_.To("documents")),
      redis_(config.redis, config.redis_limits),
      sessions_(redis_, keyring_, *clock_, config.session_times),
      context_(sessions_, config.context_rule),
      tickets_(identity_, sessions_, *clock_),
      limits_(redis_),
      pages_(config.return_pages),
      entry_(identity_, registry_, sessions_, config.contact_address),
      returns_(identity_, entry_, pages_),
      logins_(identity_, oidc_logins_, entry_, pages_),
      pipeline_(routes_, sessions_, context_, tickets_, parts_),
      server_(
          http::Limits{},
          [this](http::Request request, http::Reply reply) {
            pipeline_.Handle(std::move(request), std::move(reply));
          },
          [this](int status) { return EdgeProblem(status, parts_); }) {}

// What still works on a request after the drain uses everything below.
Gateway::~Gateway() {
  admin_.reset();
  Drain();
  if (under_way_.WaitForNone(kLastCalls)) return;
  log::Write(log::Level::kError, "requests never ended", clock_->TimeNow());
  std::_Exit(1);
}

absl::Status Gateway::Wire() {
  RETURN_IF_ERROR(AddDocumentation(config_.openapi_folder, config_.public_base_url, handlers_));
  AddSessionHandlers({sessions_, registry_, identity_}, handlers_);
  AddSessionsHandlers(sessions_, identity_, handlers_);
  AddContentHandler(documents_, handlers_);
  logins_.AddTo(handlers_);
  AddBankIdReturn(identity_, returns_, handlers_);
  AddTeliaReturn(oidc_logins_, returns_, pages_, handlers_);
  AddConfirmationHandler(oidc_logins_, handlers_);
  AddTeliaLogout(oidc_logins_, handlers_);
  AddSigningReturn(identity_, pages_, handlers_);
  for (const auto& route : routes_.routes()) {
    pipeline_.Serve(*route, Limited(*route, config_.rates, limits_, HandlerFor(*route)));
  }
  ShowGauges();
  refusals_.Begin([this](const auto& batch) { return TellRefusals(batch); });
  return pipeline_.CheckComplete();
}

Handler Gateway::HandlerFor(const Route& route) {
  if (route.handled_by_gateway) return handlers_.Find(route.method->input_type());
  for (const Served& served : AllServices()) {
    if (served.service == route.method->service()) {
      return Forward(backends_.At(served.process), route);
    }
  }
  return nullptr;
}

void Gateway::ShowGauges() {
  metrics_.Gauge("bitrade_http_in_flight", "Requests whose answer has not left",
                 [this] { return static_cast<double>(server_.in_flight()); });
  metrics_.Gauge("bitrade_http_connections", "Open connections of clients",
                 [this] { return static_cast<double>(server_.connections()); });
  metrics_.Gauge("bitrade_redis_up", "Whether Redis answered the last command",
                 [this] { return redis_.up() ? 1.0 : 0.0; });
  metrics_.Gauge("bitrade_sessions_foreign_rows", "Rows of sessions that are not ours",
                 [this] { return static_cast<double>(sessions_.foreign_rows()); });
  metrics_.Gauge("bitrade_sessions_from_elsewhere",
                 "Requests whose session came from another browser or network before",
                 [this] { return static_cast<double>(context_.changes()); });
  metrics_.Gauge("bitrade_refusals_waiting", "Refusals on their way into the audit trail",
                 [this] { return static_cast<double>(refusals_.waiting()); });
  metrics_.Gauge("bitrade_refusals_unrecorded", "Refusals that stand in the log alone",
                 [this] { return static_cast<double>(refusals_.unrecorded()); });
}

absl::Status Gateway::TellRefusals(const identity::v1::RecordRefusalsRequest& batch) {
  return identity_.RecordRefusals({.request_id = batch.batch_id(),
                                   .traceparent = rpc::NextTraceparent(""),
                                   .person = "",
                                   .acting_for = "",
                                   .deadline = std::chrono::system_clock::now() + kTellTime},
                                  batch);
}

absl::Status Gateway::Start() {
  ASSIGN_OR_RETURN(http_port_,
                   server_.Listen(config_.http_host, config_.http_port, config_.reactors));
  ready_ = true;
  ASSIGN_OR_RETURN(admin_,
                   rpc::AdminServer::Start(config_.admin_address,
                                           {.ready = [this] { return ready_.load(); },
                                            .started = [] { return true; },
                                            .metrics = [this] { return metrics_.Text(); }}));
  return absl::OkStatus();
}

void Gateway::Drain() {
  ready_ = false;
  server_.Drain(kDrain);
  refusals_.Close();
}

}  // namespace bitrade::gateway
