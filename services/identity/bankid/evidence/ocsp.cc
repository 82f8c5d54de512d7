#include "services/identity/bankid/evidence/ocsp.h"

#include <openssl/ocsp.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <optional>

#include "services/common/base/status_macros.h"
#include "services/identity/bankid/evidence/refusal.h"

namespace bitrade::identity {
namespace {

// SHA-1 of the signature, and random bytes: raw in the extension, not in a string of their own.
constexpr int kNonceSize = 32;

using Response = std::unique_ptr<OCSP_RESPONSE, FreeWith<&OCSP_RESPONSE_free>>;
using CertificateId = std::unique_ptr<OCSP_CERTID, FreeWith<&OCSP_CERTID_free>>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Borrowed = std::unique_ptr<STACK_OF(X509), FreeStack>;

std::optional<absl::Time> TimeOf(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return absl::FromTM(parts, absl::UTCTimeZone());
}

// The responder is one of the CA that issued the person's certificate, and made for nothing else.
bool IsResponder(X509& signer, X509& issuer) {
  constexpr uint32_t kOcspAlone = XKU_OCSP_SIGN;
  return X509_check_issued(&issuer, &signer) == X509_V_OK &&
         X509_get_extended_key_usage(&signer) == kOcspAlone &&
         X509_get_ext_by_NID(&signer, NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

bool IsSigned(const OcspResponse& response, const CertificateChain& chain,
              const SigningRoots& roots) {
  const CertificateStore store = roots.StoreAt(response.time);
  const Borrowed between(sk_X509_new_null());
  sk_X509_push(between.get(), chain.customer_ca.get());
  sk_X509_push(between.get(), chain.bank_ca.get());
  X509* signer = nullptr;
  return OCSP_basic_verify(response.basic.get(), between.get(), store.get(), 0) == 1 &&
         OCSP_resp_get0_signer(response.basic.get(), &signer, between.get()) == 1 &&
         IsResponder(*signer, *chain.customer_ca);
}

// BankID names certificates by SHA-1, which is enough where the name is compared with ours.
bool IsAbout(const OcspResponse& response, const CertificateChain& chain) {
  const CertificateId id(OCSP_cert_to_id(EVP_sha1(), chain.person.get(), chain.customer_ca.get()));
  return id && OCSP_resp_find(response.basic.get(), id.get(), -1) == 0;
}

bool IsGood(OCSP_BASICRESP* basic) {
  return OCSP_single_get0_status(OCSP_resp_get0(basic, 0), nullptr, nullptr, nullptr, nullptr) ==
         V_OCSP_CERTSTATUS_GOOD;
}

bool IsBound(OCSP_BASICRESP* basic, absl::string_view base64) {
  const int at = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
  if (at < 0 || OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, at) >= 0) return false;
  const ASN1_OCTET_STRING* const nonce = X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic, at));
  unsigned char digest[SHA_DIGEST_LENGTH];
  unsigned int size = 0;
  return ASN1_STRING_length(nonce) == kNonceSize &&
         EVP_Digest(base64.data(), base64.size(), digest, &size, EVP_sha1(), nullptr) == 1 &&
         std::equal(digest, digest + size, ASN1_STRING_get0_data(nonce));
}

}  // namespace

absl::StatusOr<OcspResponse> ReadOcspResponse(absl::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = bytes + der.size();
  const Response response(d2i_OCSP_RESPONSE(nullptr, &bytes, static_cast<long>(der.size())));
  if (!response || bytes != end ||
      OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    return Refused(EvidenceFault::kOcspResponse);
  }
  OcspResponse read{OcspBasic(OCSP_response_get1_basic(response.get())), absl::Time()};
  if (!read.basic || OCSP_resp_count(read.basic.get()) != 1) {
    return Refused(EvidenceFault::kOcspResponse);
  }
  const auto time = TimeOf(OCSP_resp_get0_produced_at(read.basic.get()));
  if (!time) return Refused(EvidenceFault::kOcspResponse);
  read.time = *time;
  return read;
}

absl::Status CheckTime(const OcspResponse& response, const TimeWindow& window) {
  ASN1_GENERALIZEDTIME* since = nullptr;
  ASN1_GENERALIZEDTIME* until = nullptr;
  OCSP_single_get0_status(OCSP_resp_get0(response.basic.get(), 0), nullptr, nullptr, &since,
                          &until);
  const auto this_update = TimeOf(since);
  const auto next_update = until == nullptr ? absl::InfiniteFuture() : TimeOf(until);
  const bool timely = response.time >= window.from - kClockSkew &&
                      response.time <= window.until + kClockSkew && this_update && next_update &&
                      *this_update <= response.time + kClockSkew && *next_update >= response.time;
  return timely ? absl::OkStatus() : Refused(EvidenceFault::kOcspTime);
}

absl::Status CheckOcsp(const OcspResponse& response, const CertificateChain& chain,
                       const SigningRoots& roots, absl::string_view base64) {
  if (!IsSigned(response, chain, roots)) return Refused(EvidenceFault::kOcspSignature);
  if (!IsAbout(response, chain)) return Refused(EvidenceFault::kOcspCertificate);
  if (!IsGood(response.basic.get())) return Refused(EvidenceFault::kOcspStatus);
  if (!IsBound(response.basic.get(), base64)) return Refused(EvidenceFault::kOcspNonce);
  return absl::OkStatus();
}

}  // namespace bitrade::identity
