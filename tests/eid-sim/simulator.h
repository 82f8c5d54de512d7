// BankID on this machine: orders behind the relying-party interface (TLS with client certificates)
// and the control interface (plain HTTP); and, where it is asked for, an OpenID provider (TLS). All
// on loopback alone.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/control_api.h"
#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http_server.h"
#include "tests/eid-sim/oidc/control.h"
#include "tests/eid-sim/oidc/provider.h"
#include "tests/eid-sim/orders.h"
#include "tests/eid-sim/rp_api.h"
#include "tests/eid-sim/signing_authority.h"

namespace bitrade::eidsim {

// PEM files of the root above all signatures. Both empty: the simulator makes one of its own.
struct SigningRoot {
  std::string certificate_file;
  std::string key_file;
};

// The issuer is https://localhost:<port>. `tls` names no CA: clients show no certificate.
struct OidcConfig {
  int port = 0;
  ServerTls tls;
  std::optional<oidc::Client> client;  // others are registered by the control interface
};

// Port 0 takes any.
struct SimulatorConfig {
  int rp_port = 0;
  int control_port = 0;
  ServerTls tls;
  SigningRoot signing_root;
  std::optional<OidcConfig> oidc;
};

// Serves from Start until it is destroyed. `clock` must outlive it.
class Simulator {
 public:
  // Errors: INVALID_ARGUMENT for files that cannot be used, UNAVAILABLE for a port in use.
  static absl::StatusOr<std::unique_ptr<Simulator>> Start(const SimulatorConfig& config,
                                                          const Clock& clock);

  int rp_port() const { return rp_server_->port(); }
  int control_port() const { return control_server_->port(); }
  // Without a provider 0.
  int oidc_port() const { return oidc_server_ ? oidc_server_->port() : 0; }
  Orders& orders() { return orders_; }
  Faults& faults() { return faults_; }

  // Makes what the first signatures need; they wait for it otherwise.
  void PrepareSignatures() { authority_.Prepare(); }

  // What a relying party has to trust when it verifies signatures, in PEM.
  std::string SigningRootPem() { return authority_.RootPem(); }

 private:
  Simulator(const Clock& clock, std::optional<Credential> root)
      : clock_(clock), orders_(clock), authority_(std::move(root)) {}

  absl::Status StartProvider(const OidcConfig& config);
  HttpAnswer AnswerControl(const HttpRequest& request);

  const Clock& clock_;
  Orders orders_;
  Faults faults_;
  SigningAuthority authority_;
  RpApi rp_api_{orders_, faults_, authority_};
  ControlApi control_api_{orders_, faults_, rp_api_};
  std::unique_ptr<oidc::Provider> provider_;
  std::unique_ptr<oidc::Control> provider_control_;
  std::unique_ptr<HttpServer> rp_server_;
  std::unique_ptr<HttpServer> oidc_server_;
  std::unique_ptr<HttpServer> control_server_;
};

}  // namespace bitrade::eidsim
