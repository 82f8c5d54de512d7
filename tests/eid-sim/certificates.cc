#include "tests/eid-sim/certificates.h"

#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {
namespace {

constexpr absl::Duration kBackdated = absl::Hours(1);
constexpr absl::Duration kValid = absl::Hours(24);

std::string NewFolder() {
  std::string path = (std::filesystem::temp_directory_path() / "eid-sim-XXXXXX").string();
  Require(mkdtemp(path.data()) != nullptr);
  return path;
}

// Valid in the system's time, which TLS goes by.
CertificateDraft DraftOf(absl::string_view name) {
  const absl::Time now = SystemClock().TimeNow();
  return {{{"CN", std::string(name)}}, now - kBackdated, now + kValid, {}};
}

Credential NewCa() {
  CertificateDraft draft = DraftOf("Test CA");
  draft.extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                      {NID_key_usage, "critical,keyCertSign"}};
  return SelfSigned(draft, NewEcKey());
}

}  // namespace

struct TestCa::Keys {
  Credential ca = NewCa();
};

TestCa::TestCa() : folder_(NewFolder()), file_(folder_ + "/ca.pem"), keys_(new Keys) {
  WriteCertificate(file_, *keys_->ca.certificate);
}

TestCa::~TestCa() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

CertificateFiles TestCa::Issue(absl::string_view name) const {
  CertificateDraft draft = DraftOf(name);
  draft.extensions = {{NID_subject_alt_name, "DNS:localhost"}};
  const Credential issued = IssuedBy(keys_->ca, draft, NewEcKey());
  const std::string base = absl::StrCat(folder_, "/", name);
  WriteCertificate(base + ".pem", *issued.certificate);
  WriteKey(base + ".key", *issued.key);
  return {base + ".pem", base + ".key"};
}

}  // namespace bitrade::eidsim
