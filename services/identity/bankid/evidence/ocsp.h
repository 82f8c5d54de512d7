// The OCSP response that BankID gives with a signature: the bank's own word, at the instant of
// signing, that the person's certificate was good, bound to the signature by its nonce.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/bankid/evidence/certificates.h"
#include "services/identity/bankid/evidence/openssl_handles.h"

namespace bitrade::identity {

// Within what an order was made and answered; a response from outside is another's.
struct TimeWindow {
  absl::Time from;
  absl::Time until;
};

// How far BankID's clock may be from ours.
constexpr absl::Duration kClockSkew = absl::Minutes(1);

// A response that has been read, of one instant; nothing of it is believed yet.
struct OcspResponse {
  OcspBasic basic;
  absl::Time time;  // producedAt: when it was signed
};

// Reads a response in DER with one answer. Errors: BANKID_EVIDENCE_REFUSED (OCSP_RESPONSE).
absl::StatusOr<OcspResponse> ReadOcspResponse(absl::string_view der);

// Checks that it is of the time of the order.
//
// Errors: BANKID_EVIDENCE_REFUSED (OCSP_TIME).
absl::Status CheckTime(const OcspResponse& response, const TimeWindow& window);

// Checks who signed it, and that it says of the person's certificate that it is good, for the
// signature `base64`.
//
// Errors: BANKID_EVIDENCE_REFUSED (OCSP_SIGNATURE, OCSP_CERTIFICATE, OCSP_STATUS, OCSP_NONCE).
absl::Status CheckOcsp(const OcspResponse& response, const CertificateChain& chain,
                       const SigningRoots& roots, absl::string_view base64);

}  // namespace bitrade::identity
