#include "services/identity/bankid/evidence/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/identity/bankid/evidence/refusal.h"

namespace bitrade::identity {
namespace {

constexpr int kIntermediates = 2;
// 112 bits: RSA 2048 and SHA-256.
constexpr int kSecurityLevel = 2;
constexpr int kLongestOid = 128;

using Bio = std::unique_ptr<BIO, FreeWith<&BIO_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, FreeWith<&X509_STORE_CTX_free>>;
using Policies = std::unique_ptr<CERTIFICATEPOLICIES, FreeWith<&CERTIFICATEPOLICIES_free>>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Borrowed = std::unique_ptr<STACK_OF(X509), FreeStack>;

// The whole of `der`.
Certificate Read(const std::string& der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = bytes + der.size();
  Certificate certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
  return bytes == end ? std::move(certificate) : nullptr;
}

Certificate ReadNext(BIO* pem) {
  return Certificate(PEM_read_bio_X509(pem, nullptr, nullptr, nullptr));
}

std::string Utf8(const ASN1_STRING* string) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, string);
  if (size < 0) return "";
  std::string text(reinterpret_cast<const char*>(utf8), static_cast<size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

std::string TextOf(const ASN1_OBJECT* object) {
  char text[kLongestOid] = "";
  const int size = OBJ_obj2txt(text, kLongestOid, object, 1);
  return size > 0 && size < kLongestOid ? std::string(text) : "";
}

// The same certificates that the signature names, and one of ours above them.
bool IsWhole(X509_STORE_CTX* checked, const CertificateChain& chain) {
  const STACK_OF(X509)* const built = X509_STORE_CTX_get0_chain(checked);
  const X509* const wanted[] = {chain.person.get(), chain.customer_ca.get(), chain.bank_ca.get()};
  if (sk_X509_num(built) != kIntermediates + 2) return false;
  for (int at = 0; at <= kIntermediates; ++at) {
    if (X509_cmp(sk_X509_value(built, at), wanted[at]) != 0) return false;
  }
  return true;
}

// "cn", "o", "c"; "name" and "serialNumber" as they are.
std::string TypeOf(const X509_NAME_ENTRY* entry) {
  constexpr size_t kAbbreviation = 2;
  const int number = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
  std::string type = number == NID_undef ? "" : OBJ_nid2sn(number);
  return type.size() <= kAbbreviation ? absl::AsciiStrToLower(type) : type;
}

std::string Escaped(absl::string_view value) {
  std::string escaped;
  for (const char letter : value) {
    if (absl::string_view("\",+;<>\\").find(letter) != absl::string_view::npos) escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

}  // namespace

absl::StatusOr<CertificateChain> ReadChain(const std::vector<std::string>& ders) {
  CertificateChain chain{Read(ders[0]), Read(ders[1]), Read(ders[2])};
  if (!chain.person || !chain.customer_ca || !chain.bank_ca) {
    return Refused(EvidenceFault::kCertificate);
  }
  return chain;
}

absl::StatusOr<Certificate> LoadCertificate(const std::string& file) {
  const Bio pem(BIO_new_file(file.c_str(), "r"));
  Certificate certificate = pem ? ReadNext(pem.get()) : nullptr;
  if (certificate) return certificate;
  return absl::FailedPreconditionError(absl::StrCat(file, " holds no certificate"));
}

absl::StatusOr<SigningRoots> SigningRoots::Load(const std::string& file) {
  SigningRoots loaded;
  const Bio pem(BIO_new_file(file.c_str(), "r"));
  while (Certificate root = pem ? ReadNext(pem.get()) : nullptr) {
    loaded.roots_.push_back(std::move(root));
  }
  if (!loaded.roots_.empty()) return loaded;
  return absl::FailedPreconditionError(absl::StrCat(file, " holds no certificate"));
}

CertificateStore SigningRoots::StoreAt(absl::Time at) const {
  CertificateStore store(X509_STORE_new());
  if (!store) std::abort();
  for (const Certificate& root : roots_) X509_STORE_add_cert(store.get(), root.get());
  X509_VERIFY_PARAM* const terms = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(terms, absl::ToTimeT(at));
  X509_VERIFY_PARAM_set_auth_level(terms, kSecurityLevel);
  X509_VERIFY_PARAM_set_depth(terms, kIntermediates);
  return store;
}

absl::Status SigningRoots::Check(const CertificateChain& chain, absl::Time at) const {
  const CertificateStore store = StoreAt(at);
  const Borrowed between(sk_X509_new_null());
  sk_X509_push(between.get(), chain.customer_ca.get());
  sk_X509_push(between.get(), chain.bank_ca.get());
  const StoreContext check(X509_STORE_CTX_new());
  const bool holds =
      X509_STORE_CTX_init(check.get(), store.get(), chain.person.get(), between.get()) == 1 &&
      X509_verify_cert(check.get()) == 1 && IsWhole(check.get(), chain);
  return holds ? absl::OkStatus() : Refused(EvidenceFault::kChain);
}

bool MaySign(X509& certificate) {
  // Without the extension OpenSSL would say that everything is allowed.
  const bool told = (X509_get_extension_flags(&certificate) & EXFLAG_KUSAGE) != 0;
  const uint32_t usage = X509_get_key_usage(&certificate);
  return told && (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0 &&
         (usage & (KU_KEY_CERT_SIGN | KU_CRL_SIGN)) == 0 && X509_check_ca(&certificate) == 0;
}

std::string SerialNumberOf(X509& certificate) {
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  const int first = X509_NAME_get_index_by_NID(subject, NID_serialNumber, -1);
  if (first < 0 || X509_NAME_get_index_by_NID(subject, NID_serialNumber, first) >= 0) return "";
  return Utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, first)));
}

std::string PolicyOf(X509& certificate) {
  const Policies policies(static_cast<CERTIFICATEPOLICIES*>(
      X509_get_ext_d2i(&certificate, NID_certificate_policies, nullptr, nullptr)));
  if (!policies || sk_POLICYINFO_num(policies.get()) != 1) return "";
  return TextOf(sk_POLICYINFO_value(policies.get(), 0)->policyid);
}

std::string FingerprintOf(X509& certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest, &size) != 1) std::abort();
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), size});
}

std::string RelyingPartyName(X509& certificate) {
  std::string name;
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  for (int at = X509_NAME_entry_count(subject) - 1; at >= 0; --at) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
    absl::StrAppend(&name, name.empty() ? "" : ",", TypeOf(entry), "=",
                    Escaped(Utf8(X509_NAME_ENTRY_get_data(entry))));
  }
  return name;
}

}  // namespace bitrade::identity
