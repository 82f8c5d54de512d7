// An independent look at evidence, for the simulator's own tests: libxmlsec1 for the signature,
// OpenSSL for certificates and OCSP. It shares nothing with what makes the evidence.
#pragma once

#include <openssl/x509.h>

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/eid-sim/evidence.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// What a relying party knows when it looks.
struct EvidenceContext {
  const Order& order;
  X509& root;
  absl::Time now;
};

// Returns what is wrong with the evidence: "xml", "structure", "algorithms", "signature", "chain",
// "person", "policy", "function", "text", "hiddenText", "relyingParty", "ocspResponse",
// "ocspSigner", "ocspCertificate", "ocspStatus", "ocspNonce", "ocspTime"; nothing for good
// evidence. What cannot be read hides what comes after it.
std::vector<std::string> FaultsIn(const Evidence& evidence, const EvidenceContext& context);

}  // namespace bitrade::eidsim
