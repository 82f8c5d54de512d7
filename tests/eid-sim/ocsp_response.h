// An OCSP response (RFC 6960, basic) that BankID's customers' CA lets its responder give about one
// certificate.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {

enum class CertificateStatus { kGood, kRevoked, kUnknown };

struct OcspDraft {
  Certificate certificate;  // of which it tells
  Certificate issuer;       // of that certificate
  CertificateStatus status = CertificateStatus::kGood;
  std::string nonce;  // stands in the critical extension as it is
  absl::Time now;     // produced and valid from; for half an hour
};

// Returns the nonce that BankID gives: the SHA-1 of the signature's base64 text, and 12 random
// bytes.
std::string OcspNonce(absl::string_view base64_signature);

// Returns the response in DER, signed by `responder`, whose certificate stands in it.
std::string OcspResponse(const OcspDraft& draft, const Credential& responder);

// Returns a response that says "try later" and nothing else.
std::string OcspTryLater();

}  // namespace bitrade::eidsim
