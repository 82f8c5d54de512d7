#include "services/common/rpc/tls.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/policy_file.h"

namespace bitrade::rpc {
namespace {

namespace tls = grpc::experimental;

std::shared_ptr<tls::CertificateProviderInterface> Provider(const TlsFiles& files) {
  return std::make_shared<tls::FileWatcherCertificateProvider>(files.key, files.certificate,
                                                               files.ca, files.reread_seconds);
}

std::string ProcessOf(absl::string_view uri, absl::string_view trust_domain) {
  const std::string prefix = absl::StrCat("spiffe://", trust_domain, "/");
  return absl::ConsumePrefix(&uri, prefix) ? std::string(uri) : std::string();
}

// More of what a stranger wrote is not kept.
constexpr size_t kLongestText = 200;

// Runs before any message is read; never blocks.
class Gatekeeper final : public grpc::AuthMetadataProcessor {
 public:
  Gatekeeper(Gate gate, std::string trust_domain)
      : gate_(std::move(gate)), trust_domain_(std::move(trust_domain)) {}

  bool IsBlocking() const override { return false; }

  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* peer,
                       OutputMetadata* /*consumed*/, OutputMetadata* /*response*/) override {
    const absl::string_view path = Value(metadata, ":path");
    const std::string process = PeerProcess(*peer, trust_domain_);
    if (IsExpected(process) && gate_.policy->Allows(process, path)) return grpc::Status::OK;
    if (gate_.refused) {
      gate_.refused({process, Printable(absl::StripPrefix(path, "/")),
                     Printable(Value(metadata, kRequestIdHeader))});
    }
    return {grpc::StatusCode::PERMISSION_DENIED, "PERMISSION_DENIED"};
  }

 private:
  bool IsExpected(const std::string& process) const {
    return !process.empty() && IsCaseSystem(process) == (gate_.callers == Callers::kCaseSystems);
  }

  static absl::string_view Value(const InputMetadata& metadata, const char* name) {
    const auto found = metadata.find(name);
    return found == metadata.end() ? absl::string_view()
                                   : absl::string_view(found->second.data(), found->second.size());
  }

  static std::string Printable(absl::string_view text) {
    std::string printable(text.substr(0, kLongestText));
    std::replace_if(
        printable.begin(), printable.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return printable;
  }

  const Gate gate_;
  const std::string trust_domain_;
};

// The name in the certificate counts, not the address it was found at.
class NameVerifier final : public tls::ExternalCertificateVerifier {
 public:
  explicit NameVerifier(std::string expected_uri) : expected_uri_(std::move(expected_uri)) {}

  bool Verify(tls::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> /*callback*/, grpc::Status* sync_status) override {
    const auto uris = request->uri_names();
    const bool named =
        uris.size() == 1 && std::string(uris[0].data(), uris[0].size()) == expected_uri_;
    *sync_status =
        named ? grpc::Status::OK
              : grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "another process answered");
    return true;
  }

  void Cancel(tls::TlsCustomVerificationCheckRequest* /*request*/) override {}

 private:
  const std::string expected_uri_;
};

}  // namespace

std::string PeerProcess(const grpc::AuthContext& peer, absl::string_view trust_domain) {
  const auto uris = peer.FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  if (!peer.IsPeerAuthenticated() || uris.size() != 1) return "";
  return ProcessOf(absl::string_view(uris[0].data(), uris[0].size()), trust_domain);
}

bool IsCaseSystem(absl::string_view process) { return absl::StartsWith(process, "case-system/"); }

std::shared_ptr<grpc::ServerCredentials> ServerTls(const TlsFiles& files, Gate gate) {
  tls::TlsServerCredentialsOptions options(Provider(files));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  auto credentials = tls::TlsServerCredentials(options);
  credentials->SetAuthMetadataProcessor(
      std::make_shared<Gatekeeper>(std::move(gate), files.trust_domain));
  return credentials;
}

std::shared_ptr<grpc::ChannelCredentials> ClientTls(const TlsFiles& files,
                                                    const std::string& expected) {
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(Provider(files));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(true);
  options.set_check_call_host(false);
  options.set_certificate_verifier(tls::ExternalCertificateVerifier::Create<NameVerifier>(
      absl::StrCat("spiffe://", files.trust_domain, "/", expected)));
  return tls::TlsCredentials(options);
}

}  // namespace bitrade::rpc
