#include "services/identity/bankid/evidence/refusal.h"

namespace bitrade::identity {

const Reason kBankIdEvidenceRefused{
    "BANKID_EVIDENCE_REFUSED",
    absl::StatusCode::kInternal,
    {"Proof refused", "The proof that came from BankID does not hold."},
    {"Beviset godtas inte", "Beviset från BankID håller inte."}};

const char* Name(EvidenceFault fault) {
  constexpr const char* kNames[] = {"SIZE",
                                    "ENCODING",
                                    "XML",
                                    "STRUCTURE",
                                    "ALGORITHM",
                                    "SIGNATURE",
                                    "CERTIFICATE",
                                    "OCSP_RESPONSE",
                                    "OCSP_TIME",
                                    "CHAIN",
                                    "KEY_USAGE",
                                    "PERSON",
                                    "POLICY",
                                    "FUNCTION",
                                    "VISIBLE_DATA",
                                    "NON_VISIBLE_DATA",
                                    "RELYING_PARTY",
                                    "OCSP_SIGNATURE",
                                    "OCSP_CERTIFICATE",
                                    "OCSP_STATUS",
                                    "OCSP_NONCE"};
  return kNames[static_cast<size_t>(fault)];
}

absl::Status Refused(EvidenceFault fault) {
  return Refuse(kBankIdEvidenceRefused, {{"fault", Name(fault)}});
}

}  // namespace bitrade::identity
