#include "tests/eid-sim/simulator.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::eidsim {
namespace {

absl::StatusOr<std::optional<Credential>> Read(const SigningRoot& root) {
  if (root.certificate_file.empty() && root.key_file.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(Credential read, ReadCredential(root.certificate_file, root.key_file));
  return std::optional<Credential>(std::move(read));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Simulator>> Simulator::Start(const SimulatorConfig& config,
                                                            const Clock& clock) {
  ASSIGN_OR_RETURN(std::optional<Credential> root, Read(config.signing_root));
  std::unique_ptr<Simulator> simulator(new Simulator(clock, std::move(root)));
  ASSIGN_OR_RETURN(simulator->rp_server_,
                   HttpServer::Start(config.rp_port, config.tls,
                                     [&api = simulator->rp_api_](const HttpRequest& request) {
                                       return api.Answer(request);
                                     }));
  if (config.oidc) RETURN_IF_ERROR(simulator->StartProvider(*config.oidc));
  ASSIGN_OR_RETURN(simulator->control_server_,
                   HttpServer::Start(config.control_port, std::nullopt,
                                     [&all = *simulator](const HttpRequest& request) {
                                       return all.AnswerControl(request);
                                     }));
  return simulator;
}

absl::Status Simulator::StartProvider(const OidcConfig& config) {
  provider_ = std::make_unique<oidc::Provider>(clock_, [this] { return orders_.Persons(); });
  provider_control_ = std::make_unique<oidc::Control>(provider_->parts());
  oidc::Realm& realm = provider_->parts().realm;
  if (config.client) realm.PutClient(*config.client);
  ASSIGN_OR_RETURN(oidc_server_,
                   HttpServer::Start(config.port, config.tls, [this](const HttpRequest& request) {
                     return provider_->Answer(request);
                   }));
  realm.SetIssuer(absl::StrCat("https://localhost:", oidc_server_->port()));
  return absl::OkStatus();
}

HttpAnswer Simulator::AnswerControl(const HttpRequest& request) {
  const bool of_provider =
      provider_control_ && absl::StartsWith(request.path, oidc::kControlPrefix);
  return of_provider ? provider_control_->Answer(request) : control_api_.Answer(request);
}

}  // namespace bitrade::eidsim
