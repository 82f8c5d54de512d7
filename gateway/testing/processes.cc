#include "gateway/testing/processes.h"

#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/status.h"
#include "services/common/rpc/tls.h"

namespace bitrade::gateway::testing {
namespace {

constexpr char kLogin[] = "0190f5a2-7c3e-7b1d-8f00-00000000000a";
constexpr char kPerson[] = "0190f5a2-7c3e-7b1d-8f00-0000000000aa";
constexpr char kDocument[] = "0190f5a2-7c3e-7b1d-8f00-0000000000d1";
constexpr int64_t kPiece = 300;

constexpr char kEverything[] =
    R"({"name": "everything", "allow_rules": [{"name": "all", "source": {"principals": ["*"]},
        "request": {"paths": ["*"]}}]})";

const Reason kRevoked{"SESSION_REVOKED",
                      absl::StatusCode::kUnauthenticated,
                      {"Session ended", "Log in again."},
                      {"Sessionen avslutad", "Logga in igen."}};

const Reason kNoSuchRange{"RANGE_NOT_SATISFIABLE",
                          absl::StatusCode::kOutOfRange,
                          {"Range not satisfiable", "There are {size} bytes."},
                          {"Intervallet finns inte", "Det finns {size} byte."}};

const Reason kNotReturning{"LOGIN_RETURN_REFUSED",
                           absl::StatusCode::kFailedPrecondition,
                           {"Not this browser's log-in", "Log in again."},
                           {"Inte den här webbläsarens inloggning", "Logga in igen."}};

std::string Header(const grpc::ServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

}  // namespace

ProcessServer::ProcessServer(const rpc::testing::Keys& keys, const std::string& name,
                             const std::vector<grpc::Service*>& services,
                             const std::string& address) {
  const rpc::TlsFiles tls = keys.TlsOf(name);
  auto policy = std::make_shared<const rpc::PolicyFile>(rpc::Policy::Parse(kEverything).value(),
                                                        tls.trust_domain);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address.empty() ? "127.0.0.1:0" : address,
                           rpc::ServerTls(tls, {rpc::Callers::kProcesses, policy, nullptr}), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) throw std::runtime_error("cannot listen as " + name);
  address_ = absl::StrCat("127.0.0.1:", port);
}

void ProcessServer::Stop() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
  server_.reset();
}

identity::v1::StartLoginRequest Logins::started() {
  const std::lock_guard lock(mutex_);
  return started_;
}

grpc::Status Logins::Show(const std::string& secret_hash, identity::v1::Login* login) {
  const std::lock_guard lock(mutex_);
  if (secret_hash != started_.secret_hash()) return rpc::ToGrpc(Refuse(kNotFound));
  login->set_id(kLogin);
  login->set_state(state);
  login->set_message_swedish("Öppna appen.");
  login->set_message_english("Open the app.");
  login->set_awaits_return(awaits_return);
  login->set_return_page(started_.return_page());
  if (state != identity::v1::Login::PENDING) return grpc::Status::OK;
  awaits_return ? login->set_launch_url("bankid:///?autostarttoken=t") : login->set_qr("bankid.qr");
  return grpc::Status::OK;
}

grpc::Status Logins::StartLogin(grpc::ServerContext* /*context*/,
                                const identity::v1::StartLoginRequest* request,
                                identity::v1::Login* login) {
  {
    const std::lock_guard lock(mutex_);
    started_ = *request;
    awaits_return = request->start() == "SAME_DEVICE";
  }
  return Show(request->secret_hash(), login);
}

grpc::Status Logins::GetLogin(grpc::ServerContext* /*context*/,
                              const identity::v1::GetLoginRequest* request,
                              identity::v1::Login* login) {
  return Show(request->secret_hash(), login);
}

grpc::Status Logins::CancelLogin(grpc::ServerContext* /*context*/,
                                 const identity::v1::CancelLoginRequest* request,
                                 identity::v1::Login* login) {
  state = identity::v1::Login::CANCELLED;
  return Show(request->secret_hash(), login);
}

grpc::Status Logins::ReturnLogin(grpc::ServerContext* /*context*/,
                                 const identity::v1::ReturnLoginRequest* request,
                                 identity::v1::Login* login) {
  const bool known = Show(request->secret_hash(), login).ok() && request->nonce() == kNonce;
  if (!known || !awaits_return.exchange(false)) return rpc::ToGrpc(Refuse(kNotReturning));
  return Show(request->secret_hash(), login);
}

grpc::Status Logins::TakeUpLogin(grpc::ServerContext* /*context*/,
                                 const identity::v1::TakeUpLoginRequest* request,
                                 identity::v1::TakeUpLoginResponse* response) {
  if (!takes_up) return rpc::ToGrpc(Refuse(kUnavailable));
  identity::v1::Login login;
  if (const grpc::Status shown = Show(request->secret_hash(), &login); !shown.ok()) return shown;
  response->set_person_id(kPerson);
  response->set_session_id(session_id);
  response->set_ticket("ticket");
  response->mutable_ticket_expire_time()->set_seconds(std::time(nullptr) + ticket_time_s);
  response->set_method("MOBILE_BANKID");
  response->set_name("Astrid Exempelsson");
  response->set_purpose("ENTER");
  return grpc::Status::OK;
}

grpc::Status Tickets::RenewTicket(grpc::ServerContext* /*context*/,
                                  const identity::v1::RenewTicketRequest* request,
                                  identity::v1::RenewTicketResponse* response) {
  ++renewals;
  if (refuses) return rpc::ToGrpc(Refuse(kRevoked));
  response->set_ticket(absl::StrCat(request->ticket(), " renewed"));
  response->mutable_ticket_expire_time()->set_seconds(std::time(nullptr) + 120);
  return grpc::Status::OK;
}

grpc::Status Profiles::RecordLogIn(grpc::ServerContext* context,
                                   const registry::v1::RecordLogInRequest* request,
                                   registry::v1::RecordLogInResponse* response) {
  {
    const std::lock_guard lock(mutex_);
    last_ = *request;
  }
  return Fill(*context, *response);
}

grpc::Status Profiles::ListProfiles(grpc::ServerContext* context,
                                    const registry::v1::ListProfilesRequest* /*request*/,
                                    registry::v1::ListProfilesResponse* response) {
  return Fill(*context, *response);
}

registry::v1::RecordLogInRequest Profiles::last() {
  const std::lock_guard lock(mutex_);
  return last_;
}

template <typename Response>
grpc::Status Profiles::Fill(const grpc::ServerContext& context, Response& response) {
  if (Header(context, rpc::kTicketHeader).empty()) return rpc::ToGrpc(Refuse(kUnauthenticated));
  for (int i = 0; i < count; ++i) {
    registry::v1::Profile& profile = *response.add_profiles();
    profile.set_kind(i == 0 ? registry::v1::Profile::COUNSEL : registry::v1::Profile::DELEGATE);
    profile.set_counsel_id(i == 0 ? kPerson : kPrincipal);
  }
  return grpc::Status::OK;
}

grpc::Status Counsels::GetCounsel(grpc::ServerContext* context,
                                  const registry::v1::GetCounselRequest* /*request*/,
                                  registry::v1::Counsel* counsel) {
  counsel->set_id(Header(*context, rpc::kActingForHeader));
  counsel->set_name(absl::StrCat(Header(*context, rpc::kTicketHeader), "|",
                                 Header(*context, rpc::kRequestIdHeader), "|",
                                 Header(*context, rpc::kTraceparentHeader)));
  counsel->set_etag("7");
  return grpc::Status::OK;
}

std::string Contents::Bytes() {
  std::string bytes(1000, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  return bytes;
}

grpc::Status Contents::Download(grpc::ServerContext* /*context*/,
                                const documents::v1::DownloadRequest* request,
                                grpc::ServerWriter<documents::v1::DownloadResponse>* writer) {
  const std::string bytes = Bytes();
  const auto size = static_cast<int64_t>(bytes.size());
  if (request->document_id() != kDocument) return rpc::ToGrpc(Refuse(kNotFound));
  const int64_t offset =
      request->offset() < 0 ? std::max<int64_t>(0, size + request->offset()) : request->offset();
  if (offset >= size) {
    return rpc::ToGrpc(Refuse(kNoSuchRange, {{"size", absl::StrCat(size)}}));
  }
  const int64_t rest = size - offset;
  const int64_t length = request->length() > 0 ? std::min(request->length(), rest) : rest;
  documents::v1::DownloadResponse message;
  message.mutable_document()->set_size(size);
  message.mutable_document()->set_sha256(crypto::Sha256Hex(bytes));
  message.mutable_document()->set_media_type("application/pdf");
  message.mutable_document()->set_file_name("Beslut å.pdf");
  message.set_offset(offset);
  message.set_length(length);
  writer->Write(message);
  for (int64_t at = offset; at < offset + length && !request->metadata_only(); at += kPiece) {
    documents::v1::DownloadResponse piece;
    piece.set_data(bytes.substr(static_cast<size_t>(at),
                                static_cast<size_t>(std::min(kPiece, offset + length - at))));
    writer->Write(piece);
  }
  return grpc::Status::OK;
}

}  // namespace bitrade::gateway::testing
