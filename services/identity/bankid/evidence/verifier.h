// Our own look at the proof that BankID gives with a completed order, although BankID has verified
// it: it shows which kind of BankID was used, keeps the proof worth keeping, and refuses what
// somebody between BankID and us would make up.
//
//   ASSIGN_OR_RETURN(const EvidenceVerifier verifier, EvidenceVerifier::Load(roots, certificate));
//   ASSIGN_OR_RETURN(const EvidenceFacts facts, verifier.Verify(evidence, expectation));
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/bankid/evidence/certificates.h"

namespace bitrade::identity {

// In bytes, of base64: the largest statement and manifest fit several times.
constexpr size_t kLargestSignature = size_t{1024} * 1024;
constexpr size_t kLargestOcspResponse = size_t{64} * 1024;

// Both in base64, as they came.
struct SignedAnswer {
  absl::string_view signature;
  absl::string_view ocsp_response;
};

enum class BankIdFunction { kIdentification, kSigning };

// What an order asked for and was answered with.
struct OrderExpectation {
  BankIdFunction function = BankIdFunction::kIdentification;
  std::string personal_number;        // twelve digits: of whom BankID's answer speaks
  std::vector<std::string> policies;  // the kinds of BankID that were asked for
  std::string visible_text;           // as it was sent, in clear; "" for none
  std::string non_visible_data;
  absl::Time order_time;   // when the order was made
  absl::Time answer_time;  // when its end was told to us
};

// What the certificate that signed says.
struct EvidenceFacts {
  std::string certificate_policy;  // which kind of BankID: one of those asked for
  std::string certificate_sha256;  // lower-case hexadecimal
  absl::Time sign_time;            // as the bank's OCSP responder says
};

// Thread-safe.
class EvidenceVerifier {
 public:
  // Reads the roots above BankID's signatures and our own certificate at BankID, both PEM.
  //
  // Errors: FAILED_PRECONDITION naming the file.
  static absl::StatusOr<EvidenceVerifier> Load(const std::string& roots_file,
                                               const std::string& own_certificate_file);

  // Checks signature and OCSP response against each other and against what was asked for. Takes
  // about a millisecond.
  //
  // Errors: BANKID_EVIDENCE_REFUSED, with the first fault in its metadata.
  absl::StatusOr<EvidenceFacts> Verify(const SignedAnswer& answer,
                                       const OrderExpectation& expected) const;

 private:
  EvidenceVerifier(SigningRoots roots, std::string relying_party)
      : roots_(std::move(roots)), relying_party_(std::move(relying_party)) {}

  SigningRoots roots_;
  std::string relying_party_;
};

}  // namespace bitrade::identity
