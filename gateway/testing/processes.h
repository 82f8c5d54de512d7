// The processes behind the gateway, small but real: gRPC with mTLS, each under its own name, with
// answers that a test chooses.
#pragma once

#include <grpcpp/server.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "bitrade/documents/v1/document_service.grpc.pb.h"
#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "bitrade/registry/v1/profile_service.grpc.pb.h"
#include "services/common/rpc/testing/keys.h"

namespace bitrade::gateway::testing {

// Listens as the process `name` from its making to Stop.
class ProcessServer {
 public:
  // An empty `address` takes any port of the loopback.
  ProcessServer(const rpc::testing::Keys& keys, const std::string& name,
                const std::vector<grpc::Service*>& services, const std::string& address = "");
  ~ProcessServer() { Stop(); }

  const std::string& address() const { return address_; }
  void Stop();

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

// What a browser brings that comes back from the app.
inline constexpr char kNonce[] = "nonce";

// One log-in, "0190f5a2-7c3e-7b1d-8f00-00000000000a", seen by whoever has the secret that began it.
class Logins final : public identity::v1::LoginService::Service {
 public:
  std::atomic<identity::v1::Login::State> state{identity::v1::Login::PENDING};
  std::atomic<int64_t> ticket_time_s{120};
  // Of what is taken up; set before the log-in begins.
  std::string session_id = "0190f5a2-7c3e-7b1d-8f00-0000000000bb";
  // Set by a start on the same device: until its browser comes back with kNonce.
  std::atomic<bool> awaits_return{false};
  // False: for a moment nothing is taken up.
  std::atomic<bool> takes_up{true};

  identity::v1::StartLoginRequest started();

  grpc::Status StartLogin(grpc::ServerContext*, const identity::v1::StartLoginRequest* request,
                          identity::v1::Login* login) override;
  grpc::Status GetLogin(grpc::ServerContext*, const identity::v1::GetLoginRequest* request,
                        identity::v1::Login* login) override;
  grpc::Status CancelLogin(grpc::ServerContext*, const identity::v1::CancelLoginRequest* request,
                           identity::v1::Login* login) override;
  grpc::Status ReturnLogin(grpc::ServerContext*, const identity::v1::ReturnLoginRequest* request,
                           identity::v1::Login* login) override;
  grpc::Status TakeUpLogin(grpc::ServerContext*, const identity::v1::TakeUpLoginRequest* request,
                           identity::v1::TakeUpLoginResponse* response) override;

 private:
  grpc::Status Show(const std::string& secret_hash, identity::v1::Login* login);

  std::mutex mutex_;
  identity::v1::StartLoginRequest started_;
};

// Renews "ticket" as "ticket renewed", until it is told to refuse.
class Tickets final : public identity::v1::TicketService::Service {
 public:
  std::atomic<int> renewals{0};
  std::atomic<bool> refuses{false};

  grpc::Status RenewTicket(grpc::ServerContext*, const identity::v1::RenewTicketRequest* request,
                           identity::v1::RenewTicketResponse* response) override;
};

// Whom the person acts for as a delegate.
inline constexpr char kPrincipal[] = "0190f5a2-7c3e-7b1d-8f00-0000000000cc";

// Lists as many profiles as the test says: the person's own, then one as a delegate.
class Profiles final : public registry::v1::ProfileService::Service {
 public:
  std::atomic<int> count{1};

  grpc::Status RecordLogIn(grpc::ServerContext* context,
                           const registry::v1::RecordLogInRequest* request,
                           registry::v1::RecordLogInResponse* response) override;
  grpc::Status ListProfiles(grpc::ServerContext* context,
                            const registry::v1::ListProfilesRequest* request,
                            registry::v1::ListProfilesResponse* response) override;

  // The log-in that was told last.
  registry::v1::RecordLogInRequest last();

 private:
  template <typename Response>
  grpc::Status Fill(const grpc::ServerContext& context, Response& response);

  std::mutex mutex_;
  registry::v1::RecordLogInRequest last_;
};

// Answers with the metadata that a call brought, in the counsel's name.
class Counsels final : public registry::v1::CounselService::Service {
 public:
  grpc::Status GetCounsel(grpc::ServerContext* context,
                          const registry::v1::GetCounselRequest* request,
                          registry::v1::Counsel* counsel) override;
};

// One document of 1 000 bytes, "0190f5a2-7c3e-7b1d-8f00-0000000000d1", in pieces of 300.
class Contents final : public documents::v1::ContentService::Service {
 public:
  static std::string Bytes();

  grpc::Status Download(grpc::ServerContext* context, const documents::v1::DownloadRequest* request,
                        grpc::ServerWriter<documents::v1::DownloadResponse>* writer) override;
};

}  // namespace bitrade::gateway::testing
