#include "services/identity/bankid/evidence/xml_signature.h"

#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include <cstdlib>
#include <memory>

#include "absl/strings/escaping.h"
#include "services/common/base/status_macros.h"
#include "services/identity/bankid/evidence/refusal.h"
#include "services/identity/bankid/evidence/xml_document.h"

namespace bitrade::identity {
namespace {

constexpr char kDsig[] = "http://www.w3.org/2000/09/xmldsig#";
constexpr char kTypes[] = "http://www.bankid.com/signature/v1.0.0/types";
constexpr char kCanonical[] = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr char kRsaSha256[] = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
constexpr char kSha256[] = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr size_t kCertificates = 3;

// The places that matter in a document of the right structure.
struct Places {
  xmlNodePtr root = nullptr;
  xmlNodePtr signed_info = nullptr;
  xmlNodePtr key_info = nullptr;
  xmlNodePtr data = nullptr;
};

bool HoldsSignature(const Places& at) {
  return IsNamed(at.root, {kDsig, "Signature"}) &&
         Holds(at.root, kDsig, {"SignedInfo", "SignatureValue", "KeyInfo", "Object"});
}

bool HoldsReference(xmlNodePtr reference, const XmlAttributes& attributes) {
  return HasExactly(reference, attributes) &&
         Holds(reference, kDsig, {"Transforms", "DigestMethod", "DigestValue"}) &&
         Holds(ElementsIn(reference)[0], kDsig, {"Transform"});
}

bool HoldsSignedInfo(xmlNodePtr signed_info) {
  if (!HasExactly(signed_info, {}) ||
      !Holds(signed_info, kDsig,
             {"CanonicalizationMethod", "SignatureMethod", "Reference", "Reference"})) {
    return false;
  }
  const std::vector<xmlNodePtr> parts = ElementsIn(signed_info);
  return HoldsReference(parts[2], {{"Type", kTypes}, {"URI", "#bidSignedData"}}) &&
         HoldsReference(parts[3], {{"URI", "#bidKeyInfo"}});
}

bool HoldsCertificates(xmlNodePtr key_info) {
  return HasExactly(key_info, {{"Id", "bidKeyInfo"}}) && Holds(key_info, kDsig, {"X509Data"}) &&
         Holds(ElementsIn(key_info)[0], kDsig,
               std::vector<const char*>(kCertificates, "X509Certificate"));
}

xmlNodePtr Find(const xmlNode* parent, const char* local) {
  for (const xmlNodePtr node : ElementsIn(parent)) {
    if (IsNamed(node, {kTypes, local})) return node;
  }
  return nullptr;
}

// The data that were sent are optional; all else stands there once.
bool HoldsData(xmlNodePtr data) {
  std::vector<const char*> children;
  for (const char* const sent : {"usrVisibleData", "usrNonVisibleData"}) {
    if (Find(data, sent) != nullptr) children.push_back(sent);
  }
  children.insert(children.end(), {"srvInfo", "clientInfo"});
  return HasExactly(data, {{"Id", "bidSignedData"}}) && Holds(data, kTypes, children);
}

bool HoldsVisibleData(xmlNodePtr data) {
  const xmlNodePtr visible = Find(data, "usrVisibleData");
  return visible == nullptr || HasExactly(visible, {{"charset", "UTF-8"}, {"visible", "wysiwys"}});
}

size_t Count(const xmlNode* parent, const char* local) {
  size_t count = 0;
  for (const xmlNodePtr node : ElementsIn(parent)) count += IsNamed(node, {kTypes, local}) ? 1 : 0;
  return count;
}

// Of what BankID and its app add there may be more one day.
bool HoldsFacts(xmlNodePtr data) {
  return Count(Find(data, "srvInfo"), "name") == 1 &&
         Count(Find(data, "clientInfo"), "funcId") == 1;
}

absl::StatusOr<Places> FindPlaces(xmlDocPtr document) {
  Places at;
  at.root = xmlDocGetRootElement(document);
  if (!HoldsSignature(at) || !HasExactly(at.root, {})) return Refused(EvidenceFault::kStructure);
  const std::vector<xmlNodePtr> parts = ElementsIn(at.root);
  at.signed_info = parts[0];
  at.key_info = parts[2];
  if (!HasExactly(parts[1], {}) || !HasExactly(parts[3], {}) ||
      !Holds(parts[3], kTypes, {"bankIdSignedData"})) {
    return Refused(EvidenceFault::kStructure);
  }
  at.data = ElementsIn(parts[3])[0];
  const bool holds = HoldsSignedInfo(at.signed_info) && HoldsCertificates(at.key_info) &&
                     HoldsData(at.data) && HoldsVisibleData(at.data) && HoldsFacts(at.data);
  if (!holds) return Refused(EvidenceFault::kStructure);
  return at;
}

bool Is(xmlNodePtr method, const char* algorithm) {
  return HasExactly(method, {{"Algorithm", algorithm}}) && Holds(method, kDsig, {});
}

bool HasAlgorithms(xmlNodePtr signed_info) {
  const std::vector<xmlNodePtr> parts = ElementsIn(signed_info);
  for (const xmlNodePtr reference : {parts[2], parts[3]}) {
    const std::vector<xmlNodePtr> said = ElementsIn(reference);
    if (!Is(ElementsIn(said[0])[0], kCanonical) || !Is(said[1], kSha256)) return false;
  }
  return Is(parts[0], kCanonical) && Is(parts[1], kRsaSha256);
}

// Without them nothing can be verified.
void StartLibraries() {
  static const bool started = [] {
    xmlInitParser();
    xmlSecErrorsDefaultCallbackEnableOutput(0);
    return xmlSecInit() == 0 && xmlSecCryptoAppInit(nullptr) == 0 && xmlSecCryptoInit() == 0;
  }();
  if (!started) std::abort();
}

struct FreeContext {
  void operator()(xmlSecDSigCtxPtr context) const { xmlSecDSigCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

// What we have checked by hand, libxmlsec1 is told as well.
Context NewContext(const std::string& der) {
  Context context(xmlSecDSigCtxCreate(nullptr));
  if (!context) return nullptr;
  context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  const bool set =
      xmlSecDSigCtxEnableReferenceTransform(context.get(), xmlSecTransformInclC14NId) == 0 &&
      xmlSecDSigCtxEnableReferenceTransform(context.get(), xmlSecTransformSha256Id) == 0 &&
      xmlSecDSigCtxEnableSignatureTransform(context.get(), xmlSecTransformInclC14NId) == 0 &&
      xmlSecDSigCtxEnableSignatureTransform(context.get(), xmlSecTransformRsaSha256Id) == 0;
  context->signKey = xmlSecCryptoAppKeyLoadMemory(
      reinterpret_cast<const xmlSecByte*>(der.data()), static_cast<xmlSecSize>(der.size()),
      xmlSecKeyDataFormatCertDer, nullptr, nullptr, nullptr);
  return set && context->signKey != nullptr ? std::move(context) : nullptr;
}

bool SignatureHolds(const Places& at, const std::string& der) {
  if (!RegisterId(at.key_info) || !RegisterId(at.data)) return false;
  const Context context = NewContext(der);
  return context && xmlSecDSigCtxVerify(context.get(), at.root) == 0 &&
         context->status == xmlSecDSigStatusSucceeded &&
         xmlSecPtrListGetSize(&context->signedInfoReferences) == 2;
}

std::string Decoded(xmlNodePtr node) {
  std::string decoded;
  return absl::Base64Unescape(TextOf(node), &decoded) ? decoded : "";
}

std::optional<std::string> SentData(xmlNodePtr data, const char* local) {
  const xmlNodePtr node = Find(data, local);
  if (node == nullptr) return std::nullopt;
  return TextOf(node);
}

SignedStatement StatementAt(const Places& at) {
  SignedStatement statement;
  for (const xmlNodePtr node : ElementsIn(ElementsIn(at.key_info)[0])) {
    statement.certificates.push_back(Decoded(node));
  }
  statement.visible_data = SentData(at.data, "usrVisibleData");
  statement.non_visible_data = SentData(at.data, "usrNonVisibleData");
  statement.relying_party = Decoded(Find(Find(at.data, "srvInfo"), "name"));
  statement.function = TextOf(Find(Find(at.data, "clientInfo"), "funcId"));
  return statement;
}

}  // namespace

absl::StatusOr<SignedStatement> ReadXmlSignature(absl::string_view xml) {
  StartLibraries();
  ASSIGN_OR_RETURN(const XmlDocument document, ParseXml(xml));
  ASSIGN_OR_RETURN(const Places at, FindPlaces(document.get()));
  if (!HasAlgorithms(at.signed_info)) return Refused(EvidenceFault::kAlgorithm);
  SignedStatement statement = StatementAt(at);
  if (!SignatureHolds(at, statement.certificates[0])) return Refused(EvidenceFault::kSignature);
  return statement;
}

}  // namespace bitrade::identity
