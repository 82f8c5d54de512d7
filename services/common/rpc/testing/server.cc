#include "services/common/rpc/testing/server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "services/common/rpc/callback_threads.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/tls.h"

namespace bitrade::rpc::testing {
namespace {

constexpr char kPolicy[] = "services/policy.json";  // tests run at the root of the tree
constexpr std::chrono::seconds kPatience{30};

std::shared_ptr<PolicyFile> PolicyOf(const ServerSpec& spec, const std::string& trust_domain) {
  auto policy = spec.policy.empty() ? Policy::Load(kPolicy) : Policy::Parse(spec.policy);
  if (!policy.ok()) throw std::runtime_error(policy.status().ToString());
  return std::make_shared<PolicyFile>(*std::move(policy), trust_domain);
}

}  // namespace

Server::Server(const Keys& keys, const ServerSpec& spec, const Clock& clock)
    : name_(spec.name),
      tls_(keys.TlsOf(spec.name)),
      policy_(PolicyOf(spec, tls_.trust_domain)),
      refused_(spec.refused),
      keyring_({{"k1", std::string(32, 'k')}}),
      tickets_(keys.TicketKeys()),
      admission_(tickets_, tls_.trust_domain),
      read_log_(spec.audit_conninfo.empty() ? spec.conninfo : spec.audit_conninfo),
      executor_(spec.conninfo, spec.executor),
      parts_{clock, ids_, executor_, read_log_, keyring_, admission_, metrics_, {}},
      rpc_(parts_),
      address_(spec.address) {}

Server::~Server() { Stop(); }

void Server::Stop() {
  if (server_ == nullptr) return;
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  server_->Wait();
  server_.reset();
}

void Server::Start() {
  HoldCallbackThreads();
  grpc::ServerBuilder builder;
  int port = 0;
  int agency_port = 0;
  builder.AddListeningPort(address_, ServerTls(tls_, {Callers::kProcesses, policy_, refused_}),
                           &port);
  builder.AddListeningPort(
      "127.0.0.1:0", ServerTls(tls_, {Callers::kCaseSystems, policy_, refused_}), &agency_port);
  for (const auto& service : services_) builder.RegisterService(service.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) throw std::runtime_error("no server");
  address_ = absl::StrCat("127.0.0.1:", port);
  agency_address_ = absl::StrCat("127.0.0.1:", agency_port);
}

const std::string& Server::AddressFor(const std::string& process) const {
  return IsCaseSystem(process) ? agency_address_ : address_;
}

Client::Client(const Keys& keys, const Server& server, const std::string& process)
    : channel_(grpc::CreateChannel(server.AddressFor(process),
                                   ClientTls(keys.TlsOf(process), server.name()))) {}

void Client::Prepare(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  context.set_wait_for_ready(true);
  context.AddMetadata(kRequestIdHeader, "00000000-0000-7000-d000-000000000001");
  context.AddMetadata(kOfficerHeader, "officer-17");
  if (!ticket_.empty()) context.AddMetadata(kTicketHeader, ticket_);
  if (!acting_for_.empty()) context.AddMetadata(kActingForHeader, acting_for_);
}

}  // namespace bitrade::rpc::testing
