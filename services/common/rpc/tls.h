// mTLS between processes. Certificates are read again when their files change, so that they are
// replaced without a restart.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace grpc {
class AuthContext;
class ChannelCredentials;
class ServerCredentials;
}  // namespace grpc

namespace bitrade::rpc {

class Policy;

struct TlsFiles {
  std::string certificate, key, ca;
  std::string trust_domain;      // "bitrade.local"
  unsigned reread_seconds = 10;  // how soon new files count
};

// Returns the name of a process of `trust_domain`, "" when the certificate does not hold exactly
// one URI name of that domain.
std::string PeerProcess(const grpc::AuthContext& peer, absl::string_view trust_domain);

// Demands a client certificate, and asks `policy` whether its holder may call the RPC.
std::shared_ptr<grpc::ServerCredentials> ServerTls(const TlsFiles& files,
                                                   std::shared_ptr<const Policy> policy);

// Trusts a server only if its certificate names the process `expected`.
std::shared_ptr<grpc::ChannelCredentials> ClientTls(const TlsFiles& files,
                                                    const std::string& expected);

}  // namespace bitrade::rpc
