// Certificates of BankID's persons and banks, and what they say.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/bankid/evidence/openssl_handles.h"

namespace bitrade::identity {

// The certificates in a signature, from the person's upwards; the root is not among them.
struct CertificateChain {
  Certificate person;
  Certificate customer_ca;
  Certificate bank_ca;
};

// Reads three certificates in DER. Errors: BANKID_EVIDENCE_REFUSED (CERTIFICATE).
absl::StatusOr<CertificateChain> ReadChain(const std::vector<std::string>& ders);

// Reads the first certificate of a PEM file. Errors: FAILED_PRECONDITION naming the file.
absl::StatusOr<Certificate> LoadCertificate(const std::string& file);

// The roots under which BankID's signatures are believed; another CA than that of BankID's TLS.
class SigningRoots {
 public:
  // Reads a PEM file of one or more roots. Errors: FAILED_PRECONDITION naming the file.
  static absl::StatusOr<SigningRoots> Load(const std::string& file);

  // Returns the roots as OpenSSL wants them, for questions about the instant `at`.
  CertificateStore StoreAt(absl::Time at) const;

  // Checks that each certificate was issued by the next, the last by one of the roots, and that all
  // were valid at `at`, with keys and digests that hold (RSA 2048, SHA-256).
  //
  // Errors: BANKID_EVIDENCE_REFUSED (CHAIN).
  absl::Status Check(const CertificateChain& chain, absl::Time at) const;

 private:
  std::vector<Certificate> roots_;
};

// Tells whether a certificate is for signing, by its key usage, and no CA's.
bool MaySign(X509& certificate);

// Returns the subject's serialNumber, which is the personal number; "" unless there is exactly one.
std::string SerialNumberOf(X509& certificate);

// Returns the object identifier of the certificate's policy; "" unless there is exactly one.
std::string PolicyOf(X509& certificate);

// Returns the SHA-256 of a certificate, in lower-case hexadecimal.
std::string FingerprintOf(X509& certificate);

// Returns the subject as BankID writes a relying party's name into what is signed:
// "cn=…,name=…,serialNumber=…,o=…,c=SE".
std::string RelyingPartyName(X509& certificate);

}  // namespace bitrade::identity
