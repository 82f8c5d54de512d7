// What may be wrong, on demand, with the evidence of a completed order. Each is one thing that a
// relying party has to refuse.
#pragma once

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::eidsim {

enum class EvidenceFault {
  kNone,
  // ---- changed after it was signed ----
  kAlteredText,      // another visible text
  kBrokenSignature,  // another signature value
  kReorderedParts,   // signed parts as they were, in another order: all digests hold
  kWrapped,          // another text in the place of the signed one, which stands beside it
  kWrappedAside,     // the same, where only the signed one has the Id
  kTruncated,        // the second half is missing
  kDocumentType,     // a document type with an entity before it
  // ---- properly signed, but not what the relying party may take ----
  kAnotherText,        // visible text
  kAnotherHiddenText,  // non-visible text
  kReorderedData,      // the children of the signed data in another order
  kAnotherFunction,    // Signing for Identification and the reverse
  kAnotherRelyingParty,
  kWeakAlgorithms,  // SHA-1
  kAnotherPerson,   // somebody else's certificate
  kWrongPolicy,     // a certificate of another kind of BankID
  kExpiredCertificate,
  kForeignRoot,  // the same names under another root
  // ---- OCSP ----
  kOcspRevoked,
  kOcspUnknown,
  kOcspWrongNonce,
  kOcspAnotherCertificate,
  kOcspForeignResponder,  // of another root
  kOcspUnfitResponder,    // of the same CA, but not for OCSP
  kOcspOutdated,          // a year old
  kOcspAltered,           // changed after it was signed
  kOcspTryLater,          // no answer but an error
};

// Every fault, kNone first.
const std::vector<EvidenceFault>& AllEvidenceFaults();

// "none", "alteredText", "ocspRevoked" …
absl::string_view NameOf(EvidenceFault fault);

// Returns nothing for a name that no fault has.
std::optional<EvidenceFault> EvidenceFaultNamed(absl::string_view name);

}  // namespace bitrade::eidsim
