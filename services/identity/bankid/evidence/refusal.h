// Why evidence of BankID's is not believed.
#pragma once

#include "absl/status/status.h"
#include "services/common/error/error.h"

namespace bitrade::identity {

// The proof that came with a completed order does not hold. Its metadata has `fault`, the name of
// an EvidenceFault. Nobody logs in or signs with it, and an operator must know.
extern const Reason kBankIdEvidenceRefused;

// What is wrong, in the order in which it is looked for.
enum class EvidenceFault {
  kSize,             // longer than any signature of BankID's
  kEncoding,         // no base64
  kXml,              // no XML, a document type, a comment and the like
  kStructure,        // other elements, places, attributes or ids than BankID's
  kAlgorithm,        // others than BankID's
  kSignature,        // of another text or another key
  kCertificate,      // unreadable
  kOcspResponse,     // unreadable, or an error
  kOcspTime,         // not of the time of the order
  kChain,            // not below the signing root, or not valid then
  kKeyUsage,         // a certificate that may not sign
  kPerson,           // of somebody else
  kPolicy,           // another kind of BankID than was asked for
  kFunction,         // an identification for a signature, or the reverse
  kVisibleData,      // another visible text
  kNonVisibleData,   // other non-visible data
  kRelyingParty,     // meant for somebody else than us
  kOcspSignature,    // not by a responder of the same CA
  kOcspCertificate,  // about another certificate
  kOcspStatus,       // the certificate is revoked or unknown
  kOcspNonce,        // about another signature
};

// "SIZE", "OCSP_NONCE".
const char* Name(EvidenceFault fault);

// Returns the refusal with `fault`.
absl::Status Refused(EvidenceFault fault);

}  // namespace bitrade::identity
