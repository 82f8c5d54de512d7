// The settings that every service has.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/common/config/env.h"
#include "services/common/rpc/tls.h"

namespace bitrade::rpc {

struct ProcessConfig {
  std::string name;
  std::string address;        // BITRADE_PROCESS_ADDRESS: where gRPC listens
  std::string admin_address;  // BITRADE_ADMIN_ADDRESS
  std::string database_url;   // BITRADE_DATABASE_URL: as the app role
  std::string sequencer_database_url;
  TlsFiles tls;  // BITRADE_TLS_{CERTIFICATE,KEY,CA}, BITRADE_TRUST_DOMAIN
  // Where case systems reach the service, if they do, with an authority of their own:
  // BITRADE_AGENCY_{ADDRESS,TLS_CERTIFICATE,TLS_KEY,TLS_CA}
  std::string agency_address;
  TlsFiles agency_tls;
  std::string policy_file;        // BITRADE_POLICY_FILE
  std::string ticket_keys;        // BITRADE_TICKET_KEYS: folder of identity's public keys
  std::string keyring;            // BITRADE_KEYRING: folder of this process' keys
  std::string audit_checkpoints;  // BITRADE_AUDIT_CHECKPOINTS: file, appended to
  std::string audit_signing_key;  // BITRADE_AUDIT_SIGNING_KEY: PEM
  bool production = true;         // BITRADE_PROFILE
  std::string clock_file;         // BITRADE_CLOCK_FILE: refused in production
  int executor_threads = 4;       // BITRADE_EXECUTOR_THREADS
  std::map<std::string, std::string> neighbours;  // BITRADE_NEIGHBOUR_<NAME>: address by name
};

// Reads the settings of the service `name`, which calls `neighbours`.
ProcessConfig LoadProcessConfig(config::Env& env, const std::string& name,
                                const std::vector<std::string>& neighbours);

// Reads certificate files and trust domain: what the gateway has as well.
TlsFiles LoadTls(config::Env& env);

// Reads the profile, and the clock file that only development may have.
bool LoadProfile(config::Env& env, std::string& clock_file);

}  // namespace bitrade::rpc
