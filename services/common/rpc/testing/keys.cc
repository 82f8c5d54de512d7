#include "services/common/rpc/testing/keys.h"

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <vector>

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

// Stands in a folder in which a test has made or replaced something of its own.
constexpr char kChanged[] = "changed";

void MarkAsChanged(const std::filesystem::path& folder) { std::ofstream(folder / kChanged); }

// Folders whose tests have ended, unchanged: OpenSSL takes a tenth of a second to fill another.
class Spares {
 public:
  ~Spares() {
    for (const std::filesystem::path& folder : folders_) Remove(folder);
  }

  // Empty when there is none.
  std::filesystem::path Take() {
    const std::lock_guard lock(mutex_);
    if (folders_.empty()) return {};
    std::filesystem::path folder = std::move(folders_.back());
    folders_.pop_back();
    return folder;
  }

  void Put(const std::filesystem::path& folder) {
    const std::lock_guard lock(mutex_);
    std::filesystem::exists(folder / kChanged) ? Remove(folder) : folders_.push_back(folder);
  }

 private:
  static void Remove(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  std::mutex mutex_;
  std::vector<std::filesystem::path> folders_;
};

Spares& SparesOfThisProcess() {
  static Spares spares;
  return spares;
}

constexpr char kNewKey[] = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1";

// Makes a certificate of the folder's authority unless it is there.
void MakeOnce(const std::filesystem::path& folder, const std::string& stem,
              const std::string& names) {
  if (std::filesystem::exists(folder / (stem + ".pem"))) return;
  OpenSsl(folder, absl::StrCat("req -x509 -CA ca.pem -CAkey ca.key ", kNewKey, " -keyout ", stem,
                               ".key -out ", stem, ".pem -subj /CN=", stem,
                               " -addext basicConstraints=critical,CA:FALSE",
                               " -addext subjectAltName=", names));
}

}  // namespace

Keys::Keys() : folder_(SparesOfThisProcess().Take()) {
  if (!folder_.empty()) return;
  folder_ = NewFolder();
  OpenSsl(folder_,
          absl::StrCat("req -x509 ", kNewKey, " -keyout ca.key -out ca.pem -subj '/CN=Test CA'"));
  OpenSsl(folder_, "genpkey -algorithm ed25519 -out t1.pem");
  std::filesystem::create_directory(folder_ / "tickets");
  OpenSsl(folder_, "pkey -in t1.pem -pubout -out tickets/t1.pem");
}

Keys::~Keys() { SparesOfThisProcess().Put(folder_); }

TlsFiles Keys::TlsOf(const std::string& process) const {
  const std::string stem = absl::StrReplaceAll(process, {{"/", "-"}});
  MakeOnce(folder_, stem, absl::StrCat("URI:spiffe://", kTrustDomain, "/", process));
  return FilesOf(stem);
}

TlsFiles Keys::Certificate(const std::string& stem, const std::string& names) const {
  MarkAsChanged(folder_);
  MakeOnce(folder_, stem, names);
  return FilesOf(stem);
}

TlsFiles Keys::Expired(const std::string& stem, const std::string& names) const {
  MarkAsChanged(folder_);
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
  MarkAsChanged(std::filesystem::path(old.key).parent_path());
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
