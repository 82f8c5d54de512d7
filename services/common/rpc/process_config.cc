#include "services/common/rpc/process_config.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bitrade::rpc {
namespace {

// Without an address there is no listener for case systems, and nothing else of it is needed.
void LoadAgency(config::Env& env, ProcessConfig& config) {
  config.agency_address = env.Optional("BITRADE_AGENCY_ADDRESS");
  const auto file = [&](const char* name) {
    return config.agency_address.empty() ? env.Optional(name) : env.Required(name);
  };
  config.agency_tls = {.certificate = file("BITRADE_AGENCY_TLS_CERTIFICATE"),
                       .key = file("BITRADE_AGENCY_TLS_KEY"),
                       .ca = file("BITRADE_AGENCY_TLS_CA"),
                       .trust_domain = config.tls.trust_domain};
}

}  // namespace

TlsFiles LoadTls(config::Env& env) {
  return {.certificate = env.Required("BITRADE_TLS_CERTIFICATE"),
          .key = env.Required("BITRADE_TLS_KEY"),
          .ca = env.Required("BITRADE_TLS_CA"),
          .trust_domain = env.Optional("BITRADE_TRUST_DOMAIN", "bitrade.local")};
}

bool LoadProfile(config::Env& env, std::string& clock_file) {
  const bool production =
      env.Choice("BITRADE_PROFILE", {"production", "development"}) == "production";
  clock_file = env.Optional("BITRADE_CLOCK_FILE");
  if (production && !clock_file.empty())
    env.Fault("BITRADE_CLOCK_FILE is not allowed in production");
  return production;
}

ProcessConfig LoadProcessConfig(config::Env& env, const std::string& name,
                                const std::vector<std::string>& neighbours) {
  ProcessConfig config;
  config.name = name;
  config.address = env.Required("BITRADE_PROCESS_ADDRESS");
  config.admin_address = env.Required("BITRADE_ADMIN_ADDRESS");
  config.database_url = env.Required("BITRADE_DATABASE_URL");
  config.sequencer_database_url = env.Required("BITRADE_SEQUENCER_DATABASE_URL");
  config.tls = LoadTls(env);
  LoadAgency(env, config);
  config.policy_file = env.Required("BITRADE_POLICY_FILE");
  config.ticket_keys = env.Required("BITRADE_TICKET_KEYS");
  config.keyring = env.Required("BITRADE_KEYRING");
  config.audit_checkpoints = env.Required("BITRADE_AUDIT_CHECKPOINTS");
  config.audit_signing_key = env.Required("BITRADE_AUDIT_SIGNING_KEY");
  config.production = LoadProfile(env, config.clock_file);
  config.executor_threads = env.Number("BITRADE_EXECUTOR_THREADS", 4, 1, 64);
  for (const std::string& neighbour : neighbours) {
    config.neighbours[neighbour] =
        env.Required(absl::StrCat("BITRADE_NEIGHBOUR_", absl::AsciiStrToUpper(neighbour)));
  }
  return config;
}

}  // namespace bitrade::rpc
