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

class PolicyFile;

struct TlsFiles {
  std::string certificate, key, ca;
  std::string trust_domain;      // "bitrade.local"
  unsigned reread_seconds = 10;  // how soon new files count
};

// Returns the name of a process of `trust_domain`, "" when the certificate does not hold exactly
// one URI name of that domain.
std::string PeerProcess(const grpc::AuthContext& peer, absl::string_view trust_domain);

// Tells whether `process` is a case system ("case-system/journey"), no process of ours.
bool IsCaseSystem(absl::string_view process);

// Whom a listener is for. Whoever belongs to the other kind is refused, whatever authority has made
// the certificate.
enum class Callers { kProcesses, kCaseSystems };

// A call that never reached its RPC. What the caller wrote is bounded and printable.
struct Refusal {
  std::string process;  // empty for a certificate without a name of ours
  std::string rpc;      // "package.Service/Method"
  std::string request_id;
};

// What a listener asks before it lets a call in.
struct Gate {
  Callers callers = Callers::kProcesses;
  std::shared_ptr<const PolicyFile> policy;
  std::function<void(Refusal)> refused;  // hears of each; must not block. May be unset.
};

// Demands a client certificate, and lets in whom `gate` does.
std::shared_ptr<grpc::ServerCredentials> ServerTls(const TlsFiles& files, Gate gate);

// Trusts a server only if its certificate names the process `expected`.
std::shared_ptr<grpc::ChannelCredentials> ClientTls(const TlsFiles& files,
                                                    const std::string& expected);

}  // namespace bitrade::rpc
