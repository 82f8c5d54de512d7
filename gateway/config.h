// The settings of the gateway.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/handlers/limits.h"
#include "gateway/pipeline/context_watch.h"
#include "gateway/sessions/session_store.h"
#include "services/common/config/env.h"
#include "services/common/redis/connection.h"
#include "services/common/redis/pipeline.h"
#include "services/common/rpc/tls.h"

namespace bitrade::gateway {

struct GatewayConfig {
  std::string http_host;  // BITRADE_HTTP_ADDRESS: a loopback address as long as there is no TLS
  int http_port = 0;
  int reactors = 2;                    // BITRADE_HTTP_REACTORS
  std::string admin_address;           // BITRADE_ADMIN_ADDRESS
  redis::Account redis;                // BITRADE_REDIS_{SOCKET,USER,PASSWORD_FILE}
  redis::PipelineLimits redis_limits;  // no setting: tests are more patient
  std::string keyring;                 // BITRADE_KEYRING: folder of the gateway's keys
  SessionTimes session_times;  // BITRADE_SESSION_{IDLE_MINUTES,ABSOLUTE_HOURS,MOST_PER_PERSON}
  ContextRule context_rule = ContextRule::kSignal;  // BITRADE_SESSION_CONTEXT_RULE
  Rates rates;  // BITRADE_LOGIN_{STARTS,LOOKS,RETURNS}_…, BITRADE_SIGNATURE_STARTS_…
  std::vector<std::string> proxies;  // BITRADE_TRUSTED_PROXIES: their X-Forwarded-For counts
  std::string public_base_url;       // BITRADE_PUBLIC_BASE_URL: without a slash at its end
  std::string openapi_folder;        // BITRADE_OPENAPI_FOLDER
  std::string contact_address;       // BITRADE_CONTACT_ADDRESS
  // BITRADE_RETURN_PAGES: to which a browser may be sent after a log-in, separated by commas; the
  // first is the usual one.
  std::vector<std::string> return_pages;
  rpc::TlsFiles tls;       // BITRADE_TLS_{CERTIFICATE,KEY,CA}, BITRADE_TRUST_DOMAIN
  std::string clock_file;  // BITRADE_CLOCK_FILE: refused in production
  std::map<std::string, std::string> neighbours;  // BITRADE_NEIGHBOUR_<NAME>: address by name
};

// Reads the settings; faults are left in `env`.
GatewayConfig LoadGatewayConfig(config::Env& env);

}  // namespace bitrade::gateway
