#include "tests/eid-sim/xml_signature.h"

#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/crypto/digest.h"

namespace bitrade::eidsim {
namespace {

constexpr char kDsig[] = "http://www.w3.org/2000/09/xmldsig#";
constexpr char kTypes[] = "http://www.bankid.com/signature/v1.0.0/types";
constexpr char kCanonical[] = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr size_t kNonceBytes = 20;

struct Algorithms {
  const EVP_MD* digest;
  const char* digest_name;
  const char* signature_name;
};

Algorithms AlgorithmsOf(DigestStrength strength) {
  if (strength == DigestStrength::kSha1) {
    return {EVP_sha1(), "http://www.w3.org/2000/09/xmldsig#sha1",
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1"};
  }
  return {EVP_sha256(), "http://www.w3.org/2001/04/xmlenc#sha256",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"};
}

// `head` is the name and the attributes, in canonical order.
std::string Element(absl::string_view head, absl::string_view content) {
  return absl::StrCat("<", head, ">", content, "</", head.substr(0, head.find(' ')), ">");
}

std::string Base64Element(absl::string_view name, absl::string_view value) {
  return Element(name, absl::Base64Escape(value));
}

std::string AlgorithmXml(absl::string_view name, absl::string_view algorithm) {
  return Element(absl::StrCat(name, " Algorithm=\"", algorithm, "\""), "");
}

std::string DigestOf(absl::string_view text, const EVP_MD* algorithm) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(EVP_Digest(text.data(), text.size(), digest, &size, algorithm, nullptr) == 1);
  return {reinterpret_cast<const char*>(digest), size};
}

// `head` is "Reference" and its attributes; `referred` the canonical text it speaks of.
std::string ReferenceXml(absl::string_view head, absl::string_view referred,
                         const Algorithms& algorithms) {
  return Element(head,
                 absl::StrCat(Element("Transforms", AlgorithmXml("Transform", kCanonical)),
                              AlgorithmXml("DigestMethod", algorithms.digest_name),
                              Base64Element("DigestValue", DigestOf(referred, algorithms.digest))));
}

std::string SignedInfoXml(absl::string_view data, absl::string_view key_info,
                          const Algorithms& algorithms) {
  return Element(absl::StrCat("SignedInfo xmlns=\"", kDsig, "\""),
                 absl::StrCat(AlgorithmXml("CanonicalizationMethod", kCanonical),
                              AlgorithmXml("SignatureMethod", algorithms.signature_name),
                              ReferenceXml(absl::StrCat("Reference Type=\"", kTypes,
                                                        "\" URI=\"#bidSignedData\""),
                                           data, algorithms),
                              ReferenceXml("Reference URI=\"#bidKeyInfo\"", key_info, algorithms)));
}

std::string KeyInfoXml(const SigningChain& chain) {
  std::string certificates;
  for (X509* const certificate :
       {chain.person.certificate.get(), chain.customer_ca.get(), chain.bank_ca.get()}) {
    certificates += Base64Element("X509Certificate", DerOf(*certificate));
  }
  return Element(absl::StrCat("KeyInfo xmlns=\"", kDsig, "\" Id=\"bidKeyInfo\""),
                 Element("X509Data", certificates));
}

std::string SignatureOf(absl::string_view text, const Key& key, const EVP_MD* digest) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   &EVP_MD_CTX_free);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t size = 0;
  Require(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key.get()) == 1 &&
          EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
  std::string signature(size, '\0');
  Require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes, text.size()) == 1);
  signature.resize(size);
  return signature;
}

std::string ServerXml(const SignedText& text) {
  return Element("srvInfo", absl::StrCat(Base64Element("name", text.relying_party_name),
                                         Base64Element("nonce", crypto::RandomBytes(kNonceBytes)),
                                         Base64Element("displayName", text.relying_party_display)));
}

std::string DeviceXml(const SignedText& text) {
  const std::string condition = Element(
      "condition",
      absl::StrCat(Element("type", "CertificatePolicies"), Element("value", text.policies)));
  return Element("ai", absl::StrCat(Base64Element("type", text.device_type),
                                    Base64Element("deviceInfo", "17.4"), Element("uhi", text.uhi),
                                    Element("fsib", "0"), Element("utb", "cs1"),
                                    Element("requirement", condition), Element("uauth", "pw")));
}

std::string ClientXml(const SignedText& text) {
  return Element("clientInfo",
                 absl::StrCat(Element("funcId", text.function), Base64Element("version", "7.52.0"),
                              Element("env", DeviceXml(text))));
}

}  // namespace

SignedData SignedDataOf(const SignedText& text) {
  SignedData data;
  if (!text.visible_data.empty()) {
    const absl::string_view format = text.markdown ? " format=\"simpleMarkdownV1\"" : "";
    data.children.push_back(
        Element(absl::StrCat("usrVisibleData charset=\"UTF-8\"", format, " visible=\"wysiwys\""),
                text.visible_data));
  }
  if (!text.non_visible_data.empty()) {
    data.children.push_back(Element("usrNonVisibleData", text.non_visible_data));
  }
  data.children.push_back(ServerXml(text));
  data.children.push_back(ClientXml(text));
  return data;
}

std::string SignedData::Xml() const {
  return Element(absl::StrCat("bankIdSignedData xmlns=\"", kTypes, "\" Id=\"bidSignedData\""),
                 absl::StrJoin(children, ""));
}

std::string XmlSignature::Xml() const {
  return absl::StrCat("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
                      Element(absl::StrCat("Signature xmlns=\"", kDsig, "\""),
                              absl::StrCat(signed_info, signature_value, key_info, objects)));
}

std::string ObjectXml(absl::string_view content) { return Element("Object", content); }

std::string SignatureValueXml(absl::string_view bytes) {
  return Base64Element("SignatureValue", bytes);
}

XmlSignature SignXml(const SignedData& data, const SigningChain& chain, DigestStrength strength) {
  const Algorithms algorithms = AlgorithmsOf(strength);
  const std::string data_xml = data.Xml();
  XmlSignature signature;
  signature.key_info = KeyInfoXml(chain);
  signature.signed_info = SignedInfoXml(data_xml, signature.key_info, algorithms);
  signature.signature_value =
      SignatureValueXml(SignatureOf(signature.signed_info, chain.person.key, algorithms.digest));
  signature.objects = ObjectXml(data_xml);
  return signature;
}

}  // namespace bitrade::eidsim
