#include "services/common/rpc/testing/keys.h"

#include <cstdlib>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "bitrade/identity/v1/ticket.pb.h"

namespace bitrade::rpc::testing {
namespace {

constexpr char kTrustDomain[] = "bitrade.local";
constexpr absl::Duration kTicketLife = absl::Seconds(120);

std::filesystem::path NewFolder() {
  std::string path = (std::filesystem::temp_directory_path() / "bitrade-keys-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for keys");
  return path;
}

void OpenSsl(const std::filesystem::path& folder, const std::string& arguments) {
  const std::string command =
      absl::StrCat("cd ", folder.string(), " && openssl ", arguments, " 2>/dev/null");
  if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
}

constexpr char kNewKey[] = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1";

}  // namespace

Keys::Keys() : folder_(NewFolder()) {
  OpenSsl(folder_,
          absl::StrCat("req -x509 ", kNewKey, " -keyout ca.key -out ca.pem -subj '/CN=Test CA'"));
  OpenSsl(folder_, "genpkey -algorithm ed25519 -out t1.pem");
  std::filesystem::create_directory(folder_ / "tickets");
  OpenSsl(folder_, "pkey -in t1.pem -pubout -out tickets/t1.pem");
}

Keys::~Keys() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

TlsFiles Keys::TlsOf(const std::string& process) const {
  return Certificate(absl::StrReplaceAll(process, {{"/", "-"}}),
                     absl::StrCat("URI:spiffe://", kTrustDomain, "/", process));
}

TlsFiles Keys::Certificate(const std::string& stem, const std::string& names) const {
  if (!std::filesystem::exists(folder_ / (stem + ".pem"))) {
    OpenSsl(folder_, absl::StrCat("req -x509 -CA ca.pem -CAkey ca.key ", kNewKey, " -keyout ", stem,
                                  ".key -out ", stem, ".pem -subj /CN=", stem,
                                  " -addext basicConstraints=critical,CA:FALSE",
                                  " -addext subjectAltName=", names));
  }
  return FilesOf(stem);
}

TlsFiles Keys::Expired(const std::string& stem, const std::string& names) const {
  OpenSsl(folder_, absl::StrCat("req ", kNewKey, " -keyout ", stem, ".key -out ", stem,
                                ".csr -subj /CN=", stem, " -addext subjectAltName=", names));
  OpenSsl(folder_, absl::StrCat("x509 -req -in ", stem, ".csr -CA ca.pem -CAkey ca.key -out ", stem,
                                ".pem -days -1 -copy_extensions copyall"));
  return FilesOf(stem);
}

TlsFiles Keys::FilesOf(const std::string& stem) const {
  return {.certificate = (folder_ / (stem + ".pem")).string(),
          .key = (folder_ / (stem + ".key")).string(),
          .ca = (folder_ / "ca.pem").string(),
          .trust_domain = kTrustDomain,
          .reread_seconds = 1};
}

void Keys::Replace(const TlsFiles& old, const TlsFiles& fresh) {
  const std::pair<std::string, std::string> pairs[] = {
      {old.key, fresh.key}, {old.certificate, fresh.certificate}, {old.ca, fresh.ca}};
  for (const auto& [to, from] : pairs) {
    std::filesystem::copy_file(from, to + ".new");
    std::filesystem::rename(to + ".new", to);
  }
}

crypto::Signer Keys::AuditSigner() const {
  return crypto::Signer::Load((folder_ / "t1.pem").string()).value();
}

crypto::Verifier Keys::TicketKeys() const {
  return crypto::Verifier::Load((folder_ / "tickets").string()).value();
}

std::string Keys::TicketFor(const std::string& person_id, absl::Time now) const {
  const crypto::Signer signer = crypto::Signer::Load((folder_ / "t1.pem").string()).value();
  identity::v1::Ticket ticket;
  ticket.set_person_id(person_id);
  ticket.set_session_id("00000000-0000-7000-c000-000000000001");
  ticket.set_method("MOBILE_BANKID");
  ticket.set_assurance(3);
  ticket.set_expire_time_s(absl::ToUnixSeconds(now + kTicketLife));
  identity::v1::SignedTicket envelope;
  envelope.set_ticket(ticket.SerializeAsString());
  envelope.set_signature(signer.Sign(envelope.ticket()));
  envelope.set_key_id(signer.key_id());
  return envelope.SerializeAsString();
}

}  // namespace bitrade::rpc::testing
