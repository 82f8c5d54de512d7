// The evidence of a completed order: BankID's signature and the OCSP response about the signer's
// certificate, or either of them wrong as the order's approval wants it.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "tests/eid-sim/ocsp_response.h"
#include "tests/eid-sim/order.h"
#include "tests/eid-sim/signing_authority.h"

namespace bitrade::eidsim {

// Both in base64.
struct Evidence {
  std::string signature;
  std::string ocsp_response;
};

// Thread-safe.
class EvidenceMaker {
 public:
  explicit EvidenceMaker(SigningAuthority& authority) : authority_(authority) {}

  // Signs a completed order at `now`.
  Evidence Make(const Order& order, absl::Time now);

 private:
  std::string Sign(const Order& order, const SigningChain& chain);
  std::string Ocsp(EvidenceFault fault, OcspDraft draft);
  SigningAuthority& AuthorityFor(EvidenceFault fault);
  Credential ResponderFor(EvidenceFault fault);

  SigningAuthority& authority_;
  SigningAuthority foreign_;
};

}  // namespace bitrade::eidsim
