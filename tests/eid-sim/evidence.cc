#include "tests/eid-sim/evidence.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/xml_signature.h"

namespace bitrade::eidsim {
namespace {

constexpr char kDefaultPolicies[] = "1.2.3.4.5,1.2.3.4.10,1.2.3.4.25,1.2.752.71.1.3,1.2.752.60.1.6";
constexpr char kOtherNumber[] = "199908072391";
constexpr char kThirdNumber[] = "200211242383";
constexpr absl::Duration kLongAgo = absl::Hours(24 * 365);
constexpr size_t kSignatureBytes = 256;

std::string OtherData() { return absl::Base64Escape("Something else entirely"); }

// A kind whose policy the relying party did not ask for, if there is one.
std::string OtherKind(const Order& order) {
  Person anybody;
  anybody.personal_number = order.request.personal_number;
  for (const char* kind : {"file", "mobile", "card"}) {
    anybody.kinds = {kind};
    if (kind != order.bankid_kind && !UsableKind(order, anybody)) return kind;
  }
  return order.bankid_kind == "file" ? "mobile" : "file";
}

Holder HolderOf(const Order& order) {
  const EvidenceFault fault = order.approval.evidence;
  Holder holder{order.person.personal_number, order.person.name, order.person.given_name,
                order.person.surname,         order.bankid_kind, ""};
  holder.policy = std::string(
      PolicyOf(fault == EvidenceFault::kWrongPolicy ? OtherKind(order) : order.bankid_kind));
  holder.expired = fault == EvidenceFault::kExpiredCertificate;
  if (fault == EvidenceFault::kAnotherPerson) {
    holder.personal_number = holder.personal_number == kOtherNumber ? kThirdNumber : kOtherNumber;
  }
  return holder;
}

std::string DeviceTypeOf(const Order& order) {
  if (!order.person.os.empty()) return order.person.os;
  return order.bankid_kind == "mobile" ? "IOS" : "WIN";
}

SignedText TextOf(const Order& order) {
  const OrderRequest& request = order.request;
  SignedText text;
  text.visible_data = request.visible_data;
  text.markdown = request.markdown;
  text.non_visible_data = request.non_visible_data;
  text.relying_party_name = order.relying_party.name;
  text.relying_party_display = order.relying_party.display_name;
  text.function = request.kind == OrderKind::kSign ? "Signing" : "Identification";
  text.device_type = DeviceTypeOf(order);
  text.uhi = UhiOf(order.person);
  text.policies =
      request.policies.empty() ? kDefaultPolicies : absl::StrJoin(request.policies, ",");
  return text;
}

// What is wrong before the person signs.
SignedText Falsified(SignedText text, EvidenceFault fault) {
  if (fault == EvidenceFault::kAnotherText) text.visible_data = OtherData();
  if (fault == EvidenceFault::kAnotherHiddenText) text.non_visible_data = OtherData();
  if (fault == EvidenceFault::kAnotherRelyingParty) {
    text.relying_party_name = "cn=Somebody else,name=Somebody else,o=Testbank A AB (publ),c=SE";
  }
  if (fault == EvidenceFault::kAnotherFunction) {
    text.function = text.function == "Signing" ? "Identification" : "Signing";
  }
  return text;
}

// The same data with another visible text.
std::string ForgedData(const Order& order) {
  SignedText text = TextOf(order);
  text.visible_data = OtherData();
  return SignedDataOf(text).Xml();
}

std::string WithoutId(const std::string& data) {
  return absl::StrReplaceAll(data, {{" Id=\"bidSignedData\"", ""}});
}

// What is wrong after the person has signed `data`.
void Damage(XmlSignature& xml, const Order& order, const std::string& data) {
  switch (order.approval.evidence) {
    case EvidenceFault::kAlteredText:
      xml.objects = ObjectXml(ForgedData(order));
      break;
    case EvidenceFault::kBrokenSignature:
      xml.signature_value = SignatureValueXml(crypto::RandomBytes(kSignatureBytes));
      break;
    case EvidenceFault::kReorderedParts:
      std::swap(xml.objects, xml.key_info);
      break;
    case EvidenceFault::kWrapped:
      xml.objects = absl::StrCat(ObjectXml(ForgedData(order)), ObjectXml(data));
      break;
    case EvidenceFault::kWrappedAside:
      xml.objects = absl::StrCat(ObjectXml(WithoutId(ForgedData(order))), ObjectXml(data));
      break;
    default:
      break;
  }
}

std::string DocumentOf(const XmlSignature& xml, EvidenceFault fault) {
  if (fault != EvidenceFault::kDocumentType) return xml.Xml();
  return absl::StrReplaceAll(
      xml.Xml(), {{"?><Signature", "?><!DOCTYPE Signature [<!ENTITY x \"y\">]><Signature"}});
}

CertificateStatus StatusOf(EvidenceFault fault) {
  if (fault == EvidenceFault::kOcspRevoked) return CertificateStatus::kRevoked;
  return fault == EvidenceFault::kOcspUnknown ? CertificateStatus::kUnknown
                                              : CertificateStatus::kGood;
}

// Another second of nextUpdate, which stands behind "good" and thisUpdate: all reads well, and the
// signature does not hold.
std::string Altered(std::string der) {
  const std::string before("\x80\x00\x18\x0f", 4);
  constexpr size_t kThisUpdate = 15;
  constexpr size_t kTags = 4;
  constexpr size_t kLastSecond = 13;
  char& second = der[der.find(before) + before.size() + kThisUpdate + kTags + kLastSecond];
  second = second == '0' ? '1' : '0';
  return der;
}

}  // namespace

SigningAuthority& EvidenceMaker::AuthorityFor(EvidenceFault fault) {
  return fault == EvidenceFault::kForeignRoot ? foreign_ : authority_;
}

std::string EvidenceMaker::Sign(const Order& order, const SigningChain& chain) {
  const EvidenceFault fault = order.approval.evidence;
  SignedData data = SignedDataOf(Falsified(TextOf(order), fault));
  if (fault == EvidenceFault::kReorderedData) {
    std::reverse(data.children.begin(), data.children.end());
  }
  XmlSignature xml = SignXml(
      data, chain,
      fault == EvidenceFault::kWeakAlgorithms ? DigestStrength::kSha1 : DigestStrength::kSha256);
  Damage(xml, order, data.Xml());
  const std::string text = absl::Base64Escape(DocumentOf(xml, fault));
  return fault == EvidenceFault::kTruncated ? text.substr(0, text.size() / 8 * 4) : text;
}

Credential EvidenceMaker::ResponderFor(EvidenceFault fault) {
  if (fault == EvidenceFault::kOcspForeignResponder) return foreign_.Responder();
  if (fault == EvidenceFault::kOcspUnfitResponder) return authority_.UnfitResponder();
  return AuthorityFor(fault).Responder();
}

std::string EvidenceMaker::Ocsp(EvidenceFault fault, OcspDraft draft) {
  if (fault == EvidenceFault::kOcspTryLater) return OcspTryLater();
  draft.status = StatusOf(fault);
  if (fault == EvidenceFault::kOcspWrongNonce) draft.nonce = OcspNonce("another signature");
  if (fault == EvidenceFault::kOcspOutdated) draft.now -= kLongAgo;
  if (fault == EvidenceFault::kOcspAnotherCertificate) {
    draft.certificate = authority_.Responder().certificate;
  }
  const std::string der = OcspResponse(draft, ResponderFor(fault));
  return fault == EvidenceFault::kOcspAltered ? Altered(der) : der;
}

Evidence EvidenceMaker::Make(const Order& order, absl::Time now) {
  const EvidenceFault fault = order.approval.evidence;
  const SigningChain chain = AuthorityFor(fault).ChainFor(HolderOf(order));
  Evidence evidence;
  evidence.signature = Sign(order, chain);
  OcspDraft draft{chain.person.certificate, chain.customer_ca};
  draft.nonce = OcspNonce(evidence.signature);
  draft.now = now;
  evidence.ocsp_response = absl::Base64Escape(Ocsp(fault, std::move(draft)));
  return evidence;
}

}  // namespace bitrade::eidsim
