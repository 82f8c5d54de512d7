#include "tests/eid-sim/ocsp_response.h"

#include <openssl/ocsp.h>

#include "services/common/crypto/digest.h"

namespace bitrade::eidsim {
namespace {

constexpr absl::Duration kValid = absl::Minutes(30);
constexpr size_t kNonceRandom = 12;

using Time = std::unique_ptr<ASN1_GENERALIZEDTIME, void (*)(ASN1_GENERALIZEDTIME*)>;

Time TimeOf(absl::Time time) {
  return {ASN1_GENERALIZEDTIME_set(nullptr, absl::ToTimeT(time)), &ASN1_GENERALIZEDTIME_free};
}

int StatusOf(CertificateStatus status) {
  switch (status) {
    case CertificateStatus::kGood:
      return V_OCSP_CERTSTATUS_GOOD;
    case CertificateStatus::kRevoked:
      return V_OCSP_CERTSTATUS_REVOKED;
    case CertificateStatus::kUnknown:
      return V_OCSP_CERTSTATUS_UNKNOWN;
  }
  return V_OCSP_CERTSTATUS_UNKNOWN;
}

void AddStatus(OCSP_BASICRESP* basic, const OcspDraft& draft) {
  OCSP_CERTID* const id = OCSP_cert_to_id(EVP_sha1(), draft.certificate.get(), draft.issuer.get());
  const Time from = TimeOf(draft.now);
  const Time until = TimeOf(draft.now + kValid);
  Require(OCSP_basic_add1_status(basic, id, StatusOf(draft.status),
                                 OCSP_REVOKED_STATUS_KEYCOMPROMISE, from.get(), from.get(),
                                 until.get()) != nullptr);
  OCSP_CERTID_free(id);
}

// OpenSSL's own function would wrap the bytes in an OCTET STRING of their own, as BankID does not.
void AddNonce(OCSP_BASICRESP* basic, const std::string& nonce) {
  ASN1_OCTET_STRING* const bytes = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(bytes, reinterpret_cast<const unsigned char*>(nonce.data()),
                        static_cast<int>(nonce.size()));
  X509_EXTENSION* const extension =
      X509_EXTENSION_create_by_NID(nullptr, NID_id_pkix_OCSP_Nonce, 1, bytes);
  Require(OCSP_BASICRESP_add_ext(basic, extension, -1) == 1);
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(bytes);
}

std::string DerOf(OCSP_RESPONSE* response) {
  unsigned char* bytes = nullptr;
  const int size = i2d_OCSP_RESPONSE(response, &bytes);
  Require(size > 0);
  const std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  OCSP_RESPONSE_free(response);
  return der;
}

}  // namespace

std::string OcspNonce(absl::string_view base64_signature) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(EVP_Digest(base64_signature.data(), base64_signature.size(), digest, &size, EVP_sha1(),
                     nullptr) == 1);
  return std::string(reinterpret_cast<const char*>(digest), size) +
         crypto::RandomBytes(kNonceRandom);
}

std::string OcspResponse(const OcspDraft& draft, const Credential& responder) {
  OCSP_BASICRESP* const basic = OCSP_BASICRESP_new();
  Require(basic != nullptr);
  AddStatus(basic, draft);
  AddNonce(basic, draft.nonce);
  // OpenSSL would write the system's time; there is no other way to write the simulator's.
  auto* const produced = const_cast<ASN1_GENERALIZEDTIME*>(OCSP_resp_get0_produced_at(basic));
  Require(ASN1_GENERALIZEDTIME_set(produced, absl::ToTimeT(draft.now)) != nullptr);
  Require(OCSP_basic_sign(basic, responder.certificate.get(), responder.key.get(), EVP_sha256(),
                          nullptr, OCSP_NOTIME) == 1);
  OCSP_RESPONSE* const response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  OCSP_BASICRESP_free(basic);
  return DerOf(response);
}

std::string OcspTryLater() {
  return DerOf(OCSP_response_create(OCSP_RESPONSE_STATUS_TRYLATER, nullptr));
}

}  // namespace bitrade::eidsim
