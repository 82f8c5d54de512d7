#include "tests/eid-sim/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace bitrade::eidsim {
namespace {

constexpr long kBackdatedSeconds = 3600;
constexpr long kValidSeconds = 86400;
constexpr long kVersion3 = 2;

struct Deleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(FILE* file) const { fclose(file); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter>;
using Certificate = std::unique_ptr<X509, Deleter>;

// A test without certificates cannot go on.
void Require(bool done) {
  if (!done) std::abort();
}

std::string NewFolder() {
  std::string path = (std::filesystem::temp_directory_path() / "eid-sim-XXXXXX").string();
  Require(mkdtemp(path.data()) != nullptr);
  return path;
}

void Extend(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// Everything but issuer, extensions and signature.
Certificate Draft(absl::string_view name, EVP_PKEY* key) {
  static long serial = 0;
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), kVersion3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kBackdatedSeconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(name.data());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, bytes,
                             static_cast<int>(name.size()), -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

void Sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  Require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
}

void Write(const std::string& path, X509* certificate) {
  const std::unique_ptr<FILE, Deleter> file(fopen(path.c_str(), "w"));
  Require(file != nullptr && PEM_write_X509(file.get(), certificate) == 1);
}

void Write(const std::string& path, EVP_PKEY* key) {
  const std::unique_ptr<FILE, Deleter> file(fopen(path.c_str(), "w"));
  Require(file != nullptr &&
          PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

}  // namespace

struct TestCa::Keys {
  Key key;
  Certificate certificate;
};

TestCa::TestCa() : folder_(NewFolder()), file_(folder_ + "/ca.pem"), keys_(new Keys) {
  keys_->key.reset(EVP_EC_gen("P-256"));
  keys_->certificate = Draft("Test CA", keys_->key.get());
  X509* const ca = keys_->certificate.get();
  Extend(ca, ca, NID_basic_constraints, "critical,CA:TRUE");
  Extend(ca, ca, NID_key_usage, "critical,keyCertSign");
  Sign(ca, ca, keys_->key.get());
  Write(file_, ca);
}

TestCa::~TestCa() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

CertificateFiles TestCa::Issue(absl::string_view name) const {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = Draft(name, key.get());
  Extend(certificate.get(), keys_->certificate.get(), NID_subject_alt_name, "DNS:localhost");
  Sign(certificate.get(), keys_->certificate.get(), keys_->key.get());
  const std::string base = absl::StrCat(folder_, "/", name);
  Write(base + ".pem", certificate.get());
  Write(base + ".key", key.get());
  return {base + ".pem", base + ".key"};
}

}  // namespace bitrade::eidsim
