// Providers of e-legitimations that do not answer, for tests.
#pragma once

#include <memory>
#include <utility>

#include "services/common/base/clock.h"
#include "services/common/rpc/tls.h"
#include "services/common/testing/catch.h"
#include "services/identity/oidc/provider.h"

namespace bitrade::identity {

// An address where nobody listens.
inline constexpr char kNobody[] = "https://127.0.0.1:1";

// Returns a client of an OpenID provider at kNobody. `clock` must outlive it.
inline std::unique_ptr<oidc::Provider> SilentProvider(const rpc::TlsFiles& files,
                                                      const Clock& clock) {
  auto started = oidc::Provider::Start({.terms = {.issuer = kNobody,
                                                  .client_id = "bitrade",
                                                  .redirect_uri = "https://bitrade.example/return",
                                                  .levels = oidc::kAcceptedLevels,
                                                  .authn_provider = ""},
                                        .key_file = files.key,
                                        .ca_file = files.ca},
                                       clock);
  REQUIRE_OK(started);
  return *std::move(started);
}

}  // namespace bitrade::identity
