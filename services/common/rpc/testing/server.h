// A service of ours on two ports of its own, as a process serves it: mTLS, one port for processes
// and one for case systems, the product's policy, tickets, executor, audit. And callers of it, each
// with a certificate.
//
//   testing::Keys keys;
//   testing::Server server(keys, {.name = "registry", .conninfo = database.conninfo()}, clock);
//   server.Serve(std::make_unique<CounselFactsService>(server.rpc(), store));
//   server.Start();
//   testing::Client agency(keys, server, "case-system/journey");
//   const auto matter = agency.Call(*stub, &Stub::RegisterMatter, request);
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/base/id_source.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"
#include "services/common/rpc/status.h"
#include "services/common/rpc/testing/keys.h"

namespace bitrade::rpc::testing {

// What distinguishes one server from another.
struct ServerSpec {
  std::string name;                     // "appointments"
  std::string conninfo;                 // of its schema
  std::string audit_conninfo = {};      // where reads are audited, if elsewhere
  std::string policy = {};              // JSON; empty: the product's
  std::string address = "127.0.0.1:0";  // port 0: a free one
  postgres::ExecutorLimits executor = {.threads = 4, .max_wait = absl::Seconds(30)};
  std::function<void(Refusal)> refused = {};  // hears what the gate refuses
};

class Server {
 public:
  Server(const Keys& keys, const ServerSpec& spec, const Clock& clock);
  ~Server();

  Rpc& rpc() { return rpc_; }
  const crypto::Keyring& keyring() const { return keyring_; }
  const std::string& name() const { return name_; }
  // Where processes of ours call.
  const std::string& address() const { return address_; }
  // Where `process` calls: case systems have a port of their own.
  const std::string& AddressFor(const std::string& process) const;
  const PolicyFile& policy() const { return *policy_; }

  // How use cases that say AskFirst are served.
  void AskWith(Asker asker) { parts_.asker = std::move(asker); }
  // Adds an implementation of a gRPC service. Precondition: not started.
  void Serve(std::unique_ptr<grpc::Service> service) { services_.push_back(std::move(service)); }
  // Listens.
  void Start();
  // Waits a second for calls under way, cancels them and ends.
  void Stop();

 private:
  const std::string name_;
  const TlsFiles tls_;
  const std::shared_ptr<PolicyFile> policy_;
  const std::function<void(Refusal)> refused_;
  crypto::Keyring keyring_;
  RandomIds ids_;
  TicketVerifier tickets_;
  Admission admission_;
  Metrics metrics_;
  audit::ReadLog read_log_;
  postgres::Executor executor_;
  Parts parts_;
  Rpc rpc_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_, agency_address_;
};

// A process that calls a server; a case system names an officer, the gateway brings a person.
class Client {
 public:
  Client(const Keys& keys, const Server& server, const std::string& process);

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // From now on the calls bring this ticket.
  void BringTicket(std::string ticket) { ticket_ = std::move(ticket); }
  // From now on the person acts for this counsel; empty: as oneself.
  void ActFor(std::string counsel_id) { acting_for_ = std::move(counsel_id); }

  // Calls `method` of `stub` and waits for the answer.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  // Makes the context of a stream ready; Call does so itself.
  void Prepare(grpc::ClientContext& context) const;

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::string ticket_, acting_for_;
};

}  // namespace bitrade::rpc::testing
