#include "services/identity/bankid/evidence/testing/test_bank.h"

#include <openssl/conf.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"

namespace bitrade::identity {
namespace {

constexpr char kDsig[] = "http://www.w3.org/2000/09/xmldsig#";
constexpr char kTypes[] = "http://www.bankid.com/signature/v1.0.0/types";
constexpr char kCanonical[] = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

void Must(bool done) {
  if (!done) std::abort();
}

// Three primes are made several times quicker than two.
Key NewKey() {
  EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr);
  EVP_PKEY* key = nullptr;
  Must(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1 &&
       EVP_PKEY_CTX_set_rsa_keygen_primes(context, 3) == 1 && EVP_PKEY_keygen(context, &key) == 1);
  EVP_PKEY_CTX_free(context);
  return Key(key);
}

// One key for all persons: making one takes longer than a test.
Key PersonKey() {
  static EVP_PKEY* const key = NewKey().release();
  EVP_PKEY_up_ref(key);
  return Key(key);
}

X509_NAME* NameOf(const Pairs& subject) {
  X509_NAME* const name = X509_NAME_new();
  for (const auto& [type, value] : subject) {
    Must(X509_NAME_add_entry_by_txt(name, type.c_str(), MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1,
                                    0) == 1);
  }
  return name;
}

void Extend(X509* certificate, X509* issuer, const Pairs& extensions) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  // Policies are read with a configuration at hand alone, be it empty.
  CONF* const empty = NCONF_new(nullptr);
  X509V3_set_nconf(&context, empty);
  for (const auto& [name, value] : extensions) {
    X509_EXTENSION* const extension =
        X509V3_EXT_nconf(empty, &context, name.c_str(), value.c_str());
    Must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
  }
  NCONF_free(empty);
}

std::string Der(X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(&certificate, &bytes);
  Must(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

CertificateDraft CaDraft(const std::string& name) {
  return {{{"C", "SE"}, {"O", "Testbank A AB (publ)"}, {"CN", name}},
          {{"basicConstraints", "critical,CA:TRUE"}, {"keyUsage", "critical,keyCertSign,cRLSign"}}};
}

std::string SignText(const std::string& text, EVP_PKEY* key) {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  std::string signature(static_cast<size_t>(EVP_PKEY_get_size(key)), '\0');
  size_t size = signature.size();
  Must(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key) == 1 &&
       EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                      reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
  EVP_MD_CTX_free(context);
  return signature;
}

std::string Method(const std::string& name, const std::string& algorithm) {
  return absl::StrCat("<", name, " Algorithm=\"", algorithm, "\"></", name, ">");
}

std::string Reference(const std::string& attributes, const std::string& text) {
  return absl::StrCat(
      "<Reference ", attributes, "><Transforms>", Method("Transform", kCanonical), "</Transforms>",
      Method("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"), "<DigestValue>",
      absl::Base64Escape(crypto::Sha256(text)), "</DigestValue></Reference>");
}

std::string Data(const Draft& draft) {
  std::string data = absl::StrCat("<bankIdSignedData xmlns=\"", kTypes, "\" Id=\"bidSignedData\">");
  if (!draft.visible_text.empty()) {
    absl::StrAppend(&data, "<usrVisibleData charset=\"UTF-8\" visible=\"wysiwys\">",
                    absl::Base64Escape(draft.visible_text), "</usrVisibleData>");
  }
  if (!draft.non_visible_data.empty()) {
    absl::StrAppend(&data, "<usrNonVisibleData>", absl::Base64Escape(draft.non_visible_data),
                    "</usrNonVisibleData>");
  }
  absl::StrAppend(&data, "<srvInfo><name>", absl::Base64Escape(draft.relying_party),
                  "</name><nonce>", absl::Base64Escape(std::string(20, 'n')),
                  "</nonce><displayName>Qml0cmFkZQ==</displayName></srvInfo><clientInfo><funcId>",
                  draft.function,
                  "</funcId><version>Ny41Mi4w</version><env><ai><type>SU9T</type><uhi>x</uhi>"
                  "</ai></env></clientInfo></bankIdSignedData>");
  draft.data(data);
  return data;
}

void AddNonce(OCSP_BASICRESP* basic, const std::string& nonce) {
  ASN1_OCTET_STRING* const bytes = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(bytes, reinterpret_cast<const unsigned char*>(nonce.data()),
                        static_cast<int>(nonce.size()));
  X509_EXTENSION* const extension =
      X509_EXTENSION_create_by_NID(nullptr, NID_id_pkix_OCSP_Nonce, 1, bytes);
  Must(OCSP_BASICRESP_add_ext(basic, extension, -1) == 1);
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(bytes);
}

std::string NonceFor(const std::string& signature) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Must(EVP_Digest(signature.data(), signature.size(), digest, &size, EVP_sha1(), nullptr) == 1);
  return absl::StrCat(std::string(reinterpret_cast<const char*>(digest), size),
                      std::string(12, 'r'));
}

// A certificate in the folder for temporary files, as long as the object lives.
class PemFile {
 public:
  PemFile(X509& certificate, const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              absl::StrCat("bitrade-", getpid(), "-", name, ".pem")) {
    BIO* const file = BIO_new_file(path_.c_str(), "w");
    Must(file != nullptr && PEM_write_bio_X509(file, &certificate) == 1);
    BIO_free(file);
  }
  PemFile(const PemFile&) = delete;
  PemFile& operator=(const PemFile&) = delete;
  ~PemFile() { std::filesystem::remove(path_); }

  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Credential IssueOver(Key key, const CertificateDraft& draft, const Credential* issuer) {
  static long serial = 0;
  Credential made{std::move(key), Certificate(X509_new())};
  X509* const certificate = made.certificate.get();
  X509_NAME* const name = NameOf(draft.subject);
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_set_subject_name(certificate, name);
  X509_set_issuer_name(certificate,
                       issuer == nullptr ? name : X509_get_subject_name(issuer->certificate.get()));
  X509_NAME_free(name);
  ASN1_TIME_set(X509_getm_notBefore(certificate), 1'600'000'000);
  ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(draft.not_after));
  X509_set_pubkey(certificate, made.key.get());
  Extend(certificate, issuer == nullptr ? certificate : issuer->certificate.get(),
         draft.extensions);
  EVP_PKEY* const signer = issuer == nullptr ? made.key.get() : issuer->key.get();
  Must(X509_sign(certificate, signer, EVP_sha256()) > 0);
  return made;
}

}  // namespace

Credential TestBank::Issue(const CertificateDraft& draft, const Credential* issuer) {
  return IssueOver(NewKey(), draft, issuer);
}

CertificateDraft TestBank::ResponderDraft() {
  return {{{"C", "SE"}, {"CN", "Testbank A OCSP"}},
          {{"keyUsage", "critical,digitalSignature"},
           {"extendedKeyUsage", "OCSPSigning"},
           {"noCheck", "ignored"}}};
}

TestBank::TestBank()
    : root_(Issue(CaDraft("Test BankID Root CA"), nullptr)),
      bank_ca_(Issue(CaDraft("Testbank A CA"), &root_)),
      customer_ca_(Issue(CaDraft("Testbank A Customer CA"), &bank_ca_)),
      responder_(Issue(ResponderDraft(), &customer_ca_)) {}

void TestBank::SetResponder(const CertificateDraft& draft, const Credential& issuer) {
  responder_ = Issue(draft, &issuer);
}

Draft TestBank::Good(absl::Time now) const {
  Draft draft;
  draft.person = {
      {{"C", "SE"},
       {"O", "Testbank A AB (publ)"},
       {"serialNumber", "191212121212"},
       {"CN", "Astrid Exempelsson"}},
      {{"keyUsage", "critical,digitalSignature"}, {"certificatePolicies", "1.2.3.4.25"}}};
  draft.ocsp_time = now;
  return draft;
}

Proof TestBank::Sign(const Draft& draft) {
  person_ = IssueOver(PersonKey(), draft.person, &customer_ca_);
  const std::string data = Data(draft);
  std::string key_info =
      absl::StrCat("<KeyInfo xmlns=\"", kDsig, "\" Id=\"bidKeyInfo\"><X509Data>");
  for (const Credential* each : {&person_, &customer_ca_, &bank_ca_}) {
    absl::StrAppend(&key_info, "<X509Certificate>", absl::Base64Escape(Der(*each->certificate)),
                    "</X509Certificate>");
  }
  key_info += "</X509Data></KeyInfo>";
  const std::string signed_info = absl::StrCat(
      "<SignedInfo xmlns=\"", kDsig, "\">", Method("CanonicalizationMethod", kCanonical),
      Method("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
      Reference(absl::StrCat("Type=\"", kTypes, "\" URI=\"#bidSignedData\""), data),
      Reference("URI=\"#bidKeyInfo\"", key_info), "</SignedInfo>");
  std::string xml = absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><Signature xmlns=\"", kDsig,
      "\">", signed_info, "<SignatureValue>",
      absl::Base64Escape(SignText(signed_info, person_.key.get())), "</SignatureValue>", key_info,
      "<Object>", data, "</Object></Signature>");
  draft.xml(xml);
  Proof proof{absl::Base64Escape(xml), ""};
  proof.ocsp_response = Ocsp(draft, proof.signature);
  return proof;
}

std::string TestBank::Ocsp(const Draft& draft, const std::string& signature) {
  OCSP_BASICRESP* const basic = OCSP_BASICRESP_new();
  OCSP_CERTID* const id =
      OCSP_cert_to_id(EVP_sha1(), person_.certificate.get(), customer_ca_.certificate.get());
  ASN1_GENERALIZEDTIME* const time =
      ASN1_GENERALIZEDTIME_set(nullptr, absl::ToTimeT(draft.ocsp_time));
  OCSP_basic_add1_status(basic, id, draft.ocsp_status, OCSP_REVOKED_STATUS_NOSTATUS, time, time,
                         nullptr);
  std::string nonce = NonceFor(signature);
  draft.nonce(nonce);
  AddNonce(basic, nonce);
  ASN1_GENERALIZEDTIME_set(const_cast<ASN1_GENERALIZEDTIME*>(OCSP_resp_get0_produced_at(basic)),
                           absl::ToTimeT(draft.ocsp_time));
  Must(OCSP_basic_sign(basic, responder_.certificate.get(), responder_.key.get(), EVP_sha256(),
                       nullptr, OCSP_NOTIME) == 1);
  OCSP_RESPONSE* const response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  unsigned char* bytes = nullptr;
  const int size = i2d_OCSP_RESPONSE(response, &bytes);
  Must(size > 0);
  const std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  ASN1_GENERALIZEDTIME_free(time);
  OCSP_CERTID_free(id);
  OCSP_BASICRESP_free(basic);
  OCSP_RESPONSE_free(response);
  return absl::Base64Escape(der);
}

EvidenceVerifier VerifierUnder(X509& root) {
  const Credential own = IssueOver(
      PersonKey(),
      {{{"C", "SE"}, {"O", "Testbank A AB (publ)"}, {"name", "Bitrade"}, {"CN", "bitrade.example"}},
       {}},
      nullptr);
  const PemFile trusted(root, "root");
  const PemFile ours(*own.certificate, "own");
  auto verifier = EvidenceVerifier::Load(trusted.path(), ours.path());
  Must(verifier.ok());
  return *std::move(verifier);
}

SigningRoots RootsOf(X509& root) {
  const PemFile file(root, "root");
  auto roots = SigningRoots::Load(file.path());
  Must(roots.ok());
  return *std::move(roots);
}

}  // namespace bitrade::identity
