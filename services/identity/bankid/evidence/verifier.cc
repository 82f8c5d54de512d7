#include "services/identity/bankid/evidence/verifier.h"

#include <openssl/err.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/common/base/status_macros.h"
#include "services/identity/bankid/evidence/ocsp.h"
#include "services/identity/bankid/evidence/refusal.h"
#include "services/identity/bankid/evidence/xml_signature.h"

namespace bitrade::identity {
namespace {

absl::StatusOr<std::string> Decoded(absl::string_view base64, size_t largest) {
  if (base64.size() > largest) return Refused(EvidenceFault::kSize);
  std::string decoded;
  if (!absl::Base64Unescape(base64, &decoded)) return Refused(EvidenceFault::kEncoding);
  return decoded;
}

absl::string_view Name(BankIdFunction function) {
  return function == BankIdFunction::kSigning ? "Signing" : "Identification";
}

// Compared in base64, in which it was sent and signed.
bool IsWhatWasSent(const std::optional<std::string>& signed_data, const std::string& sent) {
  return sent.empty() ? !signed_data : signed_data == absl::Base64Escape(sent);
}

absl::Status CheckPerson(X509& certificate, const OrderExpectation& expected) {
  if (!MaySign(certificate)) return Refused(EvidenceFault::kKeyUsage);
  const bool same =
      !expected.personal_number.empty() && SerialNumberOf(certificate) == expected.personal_number;
  if (!same) return Refused(EvidenceFault::kPerson);
  const std::vector<std::string>& policies = expected.policies;
  const bool asked =
      std::find(policies.begin(), policies.end(), PolicyOf(certificate)) != policies.end();
  return asked ? absl::OkStatus() : Refused(EvidenceFault::kPolicy);
}

absl::Status CheckStatement(const SignedStatement& statement, const OrderExpectation& expected,
                            const std::string& relying_party) {
  if (statement.function != Name(expected.function)) return Refused(EvidenceFault::kFunction);
  if (!IsWhatWasSent(statement.visible_data, expected.visible_text)) {
    return Refused(EvidenceFault::kVisibleData);
  }
  if (!IsWhatWasSent(statement.non_visible_data, expected.non_visible_data)) {
    return Refused(EvidenceFault::kNonVisibleData);
  }
  const bool ours = statement.relying_party == relying_party;
  return ours ? absl::OkStatus() : Refused(EvidenceFault::kRelyingParty);
}

// What OpenSSL notes of a refusal is nobody's business on this thread afterwards.
struct ErrorQueue {
  ErrorQueue() = default;
  ErrorQueue(const ErrorQueue&) = delete;
  ErrorQueue& operator=(const ErrorQueue&) = delete;
  ~ErrorQueue() { ERR_clear_error(); }
};

}  // namespace

absl::StatusOr<EvidenceVerifier> EvidenceVerifier::Load(const std::string& roots_file,
                                                        const std::string& own_certificate_file) {
  ASSIGN_OR_RETURN(SigningRoots roots, SigningRoots::Load(roots_file));
  ASSIGN_OR_RETURN(const Certificate own, LoadCertificate(own_certificate_file));
  return EvidenceVerifier(std::move(roots), RelyingPartyName(*own));
}

absl::StatusOr<EvidenceFacts> EvidenceVerifier::Verify(const SignedAnswer& answer,
                                                       const OrderExpectation& expected) const {
  const ErrorQueue quiet;
  ASSIGN_OR_RETURN(const std::string xml, Decoded(answer.signature, kLargestSignature));
  ASSIGN_OR_RETURN(const std::string der, Decoded(answer.ocsp_response, kLargestOcspResponse));
  ASSIGN_OR_RETURN(const SignedStatement statement, ReadXmlSignature(xml));
  ASSIGN_OR_RETURN(const CertificateChain chain, ReadChain(statement.certificates));
  ASSIGN_OR_RETURN(const OcspResponse ocsp, ReadOcspResponse(der));
  RETURN_IF_ERROR(CheckTime(ocsp, {expected.order_time, expected.answer_time}));
  RETURN_IF_ERROR(roots_.Check(chain, ocsp.time));
  RETURN_IF_ERROR(CheckPerson(*chain.person, expected));
  RETURN_IF_ERROR(CheckStatement(statement, expected, relying_party_));
  RETURN_IF_ERROR(CheckOcsp(ocsp, chain, roots_, answer.signature));
  return EvidenceFacts{.certificate_policy = PolicyOf(*chain.person),
                       .certificate_sha256 = FingerprintOf(*chain.person),
                       .sign_time = ocsp.time};
}

}  // namespace bitrade::identity
