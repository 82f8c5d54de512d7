// The gateway as a process: everything it is made of, in the order of dependence.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/backends/backends.h"
#include "gateway/clients/documents.h"
#include "gateway/clients/identity.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/clients/registry.h"
#include "gateway/config.h"
#include "gateway/handlers/login.h"
#include "gateway/http/server.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/login_return.h"
#include "gateway/logins/return_pages.h"
#include "gateway/pipeline/handlers.h"
#include "gateway/pipeline/request_pipeline.h"
#include "gateway/refusals/refusal_trail.h"
#include "gateway/sessions/rate_limits.h"
#include "gateway/sessions/session_store.h"
#include "gateway/sessions/ticket_renewal.h"
#include "gateway/transcoding/json_writer.h"
#include "gateway/transcoding/problem.h"
#include "gateway/transcoding/route_table.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/crypto/keyring.h"
#include "services/common/redis/pipeline.h"
#include "services/common/rpc/admin.h"
#include "services/common/rpc/metrics.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

class Gateway {
 public:
  // Reads keys and documents and finds who answers each route. Errors: a sentence for the operator.
  static absl::StatusOr<std::unique_ptr<Gateway>> Make(const GatewayConfig& config);
  ~Gateway();

  // Listens. Errors: UNAVAILABLE when an address is taken.
  absl::Status Start();
  // Answers what is under way, at most ten seconds long, stops to listen, and tells what it
  // refused.
  void Drain();

  // Where HTTP is served, after Start: `http_port` 0 takes any.
  int http_port() const { return http_port_; }

 private:
  Gateway(const GatewayConfig& config, crypto::Keyring keyring, RouteTable routes);
  absl::Status Wire();
  Handler HandlerFor(const Route& route);
  void ShowGauges();
  absl::Status TellRefusals(const identity::v1::RecordRefusalsRequest& batch);

  const GatewayConfig config_;
  const std::unique_ptr<Clock> clock_;
  RandomIds ids_;
  rpc::Metrics metrics_;
  const crypto::Keyring keyring_;
  const RouteTable routes_;
  const JsonWriter json_;
  const ProblemWriter problems_;
  UnderWay under_way_;
  RefusalTrail refusals_;
  const Parts parts_;
  Backends backends_;
  rpc::Neighbour provider_;  // identity, where it asks the provider of the e-legitimation
  rpc::Neighbour oidc_;      // and where that is an OpenID provider
  IdentityClient identity_;
  OidcLoginClient oidc_logins_;
  RegistryClient registry_;
  DocumentsClient documents_;
  redis::Pipeline redis_;
  SessionStore sessions_;
  ContextWatch context_;
  TicketRenewal tickets_;
  RateLimits limits_;
  const ReturnPages pages_;
  LoginEntry entry_;
  LoginReturn returns_;
  LoginHandler logins_;
  Handlers handlers_;
  RequestPipeline pipeline_;
  http::Server server_;
  int http_port_ = 0;
  std::atomic<bool> ready_{false};
  std::unique_ptr<rpc::AdminServer> admin_;
};

}  // namespace bitrade::gateway
