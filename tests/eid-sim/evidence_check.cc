#include "tests/eid-sim/evidence_check.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_join.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {
namespace {

using Names = std::vector<std::string>;
using Document = std::unique_ptr<xmlDoc, void (*)(xmlDocPtr)>;
using Store = std::unique_ptr<X509_STORE, void (*)(X509_STORE*)>;

constexpr char kSha256[] = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr char kRsaSha256[] = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

const xmlChar* Xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
std::string Text(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// ---- XML ----

void StartLibraries() {
  static const bool started = [] {
    xmlInitParser();
    Require(xmlSecInit() == 0 && xmlSecCryptoAppInit(nullptr) == 0 && xmlSecCryptoInit() == 0);
    xmlSecErrorsDefaultCallbackEnableOutput(0);
    return true;
  }();
  Require(started);
}

Document Parse(const std::string& text) {
  return {xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
          &xmlFreeDoc};
}

std::vector<xmlNodePtr> ChildrenOf(xmlNodePtr parent) {
  std::vector<xmlNodePtr> children;
  for (xmlNodePtr node = xmlFirstElementChild(parent); node != nullptr;
       node = xmlNextElementSibling(node)) {
    children.push_back(node);
  }
  return children;
}

Names NamesOf(xmlNodePtr parent) {
  Names names;
  for (const xmlNodePtr node : ChildrenOf(parent)) names.push_back(Text(node->name));
  return names;
}

// All elements of a name, in the order of the document.
void Collect(xmlNodePtr node, const std::string& name, std::vector<xmlNodePtr>& found) {
  if (Text(node->name) == name) found.push_back(node);
  for (const xmlNodePtr child : ChildrenOf(node)) Collect(child, name, found);
}

std::vector<xmlNodePtr> All(xmlNodePtr root, const std::string& name) {
  std::vector<xmlNodePtr> found;
  Collect(root, name, found);
  return found;
}

std::string ContentOf(xmlNodePtr node) {
  xmlChar* const content = xmlNodeGetContent(node);
  std::string text = Text(content);
  xmlFree(content);
  return text;
}

// Of the first element of that name; "" when there is none.
std::string ContentOf(xmlNodePtr root, const std::string& name) {
  const auto found = All(root, name);
  return found.empty() ? "" : ContentOf(found.front());
}

std::string DecodedContentOf(xmlNodePtr root, const std::string& name) {
  std::string decoded;
  absl::Base64Unescape(ContentOf(root, name), &decoded);
  return decoded;
}

bool HasAlgorithms(xmlNodePtr root) {
  const auto algorithm_of = [&](xmlNodePtr node) {
    xmlChar* const value = xmlGetProp(node, Xml("Algorithm"));
    std::string text = Text(value);
    xmlFree(value);
    return text;
  };
  const auto digests = All(root, "DigestMethod");
  return digests.size() == 2 && algorithm_of(digests[0]) == kSha256 &&
         algorithm_of(digests[1]) == kSha256 &&
         algorithm_of(All(root, "SignatureMethod").front()) == kRsaSha256;
}

bool HasStructure(xmlNodePtr root, const Order& order) {
  Names children;
  if (!order.request.visible_data.empty()) children.emplace_back("usrVisibleData");
  if (!order.request.non_visible_data.empty()) children.emplace_back("usrNonVisibleData");
  children.emplace_back("srvInfo");
  children.emplace_back("clientInfo");
  const auto data = All(root, "bankIdSignedData");
  return NamesOf(root) == Names{"SignedInfo", "SignatureValue", "KeyInfo", "Object"} &&
         All(root, "X509Certificate").size() == 3 && data.size() == 1 &&
         NamesOf(data.front()) == children;
}

void RegisterIds(xmlNodePtr root) {
  for (const char* name : {"KeyInfo", "bankIdSignedData"}) {
    for (const xmlNodePtr node : All(root, name)) {
      const xmlAttrPtr id = xmlHasProp(node, Xml("Id"));
      if (id != nullptr) xmlAddID(nullptr, root->doc, Xml(ContentOf(id->children).c_str()), id);
    }
  }
}

bool SignatureHolds(xmlNodePtr root, X509& person) {
  RegisterIds(root);
  const std::string der = DerOf(person);
  const std::unique_ptr<xmlSecDSigCtx, void (*)(xmlSecDSigCtxPtr)> context(
      xmlSecDSigCtxCreate(nullptr), &xmlSecDSigCtxDestroy);
  context->signKey = xmlSecCryptoAppKeyLoadMemory(
      reinterpret_cast<const xmlSecByte*>(der.data()), static_cast<xmlSecSize>(der.size()),
      xmlSecKeyDataFormatCertDer, nullptr, nullptr, nullptr);
  return xmlSecDSigCtxVerify(context.get(), root) == 0 &&
         context->status == xmlSecDSigStatusSucceeded;
}

// ---- certificates ----

std::vector<Certificate> CertificatesIn(xmlNodePtr root) {
  std::vector<Certificate> certificates;
  for (const xmlNodePtr node : All(root, "X509Certificate")) {
    std::string der;
    absl::Base64Unescape(ContentOf(node), &der);
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    certificates.emplace_back(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), &X509_free);
    Require(certificates.back() != nullptr);
  }
  return certificates;
}

Store TrustIn(const EvidenceContext& context) {
  Store store(X509_STORE_new(), &X509_STORE_free);
  Require(X509_STORE_add_cert(store.get(), &context.root) == 1);
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), absl::ToTimeT(context.now));
  return store;
}

using Stack = std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)>;

Stack StackOf(const std::vector<Certificate>& certificates) {
  Stack stack(sk_X509_new_null(), [](STACK_OF(X509) * owned) { sk_X509_free(owned); });
  for (const Certificate& certificate : certificates) sk_X509_push(stack.get(), certificate.get());
  return stack;
}

bool ChainHolds(X509_STORE* store, const std::vector<Certificate>& certificates) {
  const Stack untrusted = StackOf(certificates);
  const std::unique_ptr<X509_STORE_CTX, void (*)(X509_STORE_CTX*)> check(X509_STORE_CTX_new(),
                                                                         &X509_STORE_CTX_free);
  X509_STORE_CTX_init(check.get(), store, certificates.front().get(), untrusted.get());
  return X509_verify_cert(check.get()) == 1;
}

std::string SubjectOf(X509& certificate, int attribute) {
  char text[128] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), attribute, text, sizeof(text));
  return text;
}

std::string PolicyIn(X509& certificate) {
  const std::unique_ptr<CERTIFICATEPOLICIES, void (*)(CERTIFICATEPOLICIES*)> policies(
      static_cast<CERTIFICATEPOLICIES*>(
          X509_get_ext_d2i(&certificate, NID_certificate_policies, nullptr, nullptr)),
      &CERTIFICATEPOLICIES_free);
  if (!policies || sk_POLICYINFO_num(policies.get()) != 1) return "";
  char text[64] = "";
  OBJ_obj2txt(text, sizeof(text), sk_POLICYINFO_value(policies.get(), 0)->policyid, 1);
  return text;
}

// ---- OCSP ----

struct Ocsp {
  std::unique_ptr<OCSP_RESPONSE, void (*)(OCSP_RESPONSE*)> response{nullptr, &OCSP_RESPONSE_free};
  std::unique_ptr<OCSP_BASICRESP, void (*)(OCSP_BASICRESP*)> basic{nullptr, &OCSP_BASICRESP_free};
};

Ocsp ReadOcsp(const std::string& base64) {
  std::string der;
  absl::Base64Unescape(base64, &der);
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  Ocsp ocsp;
  ocsp.response.reset(d2i_OCSP_RESPONSE(nullptr, &bytes, static_cast<long>(der.size())));
  if (ocsp.response && OCSP_response_status(ocsp.response.get()) == 0) {
    ocsp.basic.reset(OCSP_response_get1_basic(ocsp.response.get()));
  }
  return ocsp;
}

bool SignerHolds(OCSP_BASICRESP* basic, X509_STORE* store,
                 const std::vector<Certificate>& certificates) {
  const Stack untrusted = StackOf(certificates);
  X509* signer = nullptr;
  return OCSP_basic_verify(basic, untrusted.get(), store, 0) == 1 &&
         OCSP_resp_get0_signer(basic, &signer, nullptr) == 1 &&
         X509_get_ext_by_NID(signer, NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

bool NonceHolds(OCSP_BASICRESP* basic, const std::string& signature) {
  const int at = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
  if (at < 0) return false;
  X509_EXTENSION* const extension = OCSP_BASICRESP_get_ext(basic, at);
  const ASN1_OCTET_STRING* const bytes = X509_EXTENSION_get_data(extension);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(signature.data(), signature.size(), digest, &size, EVP_sha1(), nullptr);
  return X509_EXTENSION_get_critical(extension) == 1 && ASN1_STRING_length(bytes) == 32 &&
         std::equal(digest, digest + size, ASN1_STRING_get0_data(bytes));
}

void CheckStatus(OCSP_BASICRESP* basic, const std::vector<Certificate>& certificates,
                 absl::Time now, Names& faults) {
  const std::unique_ptr<OCSP_CERTID, void (*)(OCSP_CERTID*)> id(
      OCSP_cert_to_id(EVP_sha1(), certificates[0].get(), certificates[1].get()), &OCSP_CERTID_free);
  int status = -1;
  ASN1_GENERALIZEDTIME* from = nullptr;
  ASN1_GENERALIZEDTIME* until = nullptr;
  if (OCSP_resp_find_status(basic, id.get(), &status, nullptr, nullptr, &from, &until) != 1) {
    faults.emplace_back("ocspCertificate");
    return;
  }
  if (status != V_OCSP_CERTSTATUS_GOOD) faults.emplace_back("ocspStatus");
  const time_t present = absl::ToTimeT(now);
  if (ASN1_TIME_cmp_time_t(from, present) > 0 || ASN1_TIME_cmp_time_t(until, present) < 0) {
    faults.emplace_back("ocspTime");
  }
}

// ---- the whole ----

using Findings = std::vector<std::pair<const char*, bool>>;

Findings DataFindings(xmlNodePtr data, const Order& order) {
  const OrderRequest& request = order.request;
  const char* const function = request.kind == OrderKind::kSign ? "Signing" : "Identification";
  return {{"function", ContentOf(data, "funcId") == function},
          {"text", ContentOf(data, "usrVisibleData") == request.visible_data},
          {"hiddenText", ContentOf(data, "usrNonVisibleData") == request.non_visible_data},
          {"relyingParty",
           DecodedContentOf(All(data, "srvInfo").front(), "name") == order.relying_party.name}};
}

Findings CertificateFindings(xmlNodePtr root, X509_STORE* store,
                             const std::vector<Certificate>& certificates, const Order& order) {
  X509& person = *certificates.front();
  return {{"algorithms", HasAlgorithms(root)},
          {"signature", SignatureHolds(root, person)},
          {"chain", ChainHolds(store, certificates)},
          {"person", SubjectOf(person, NID_serialNumber) == order.person.personal_number},
          {"policy", PolicyIn(person) == PolicyOf(order.bankid_kind)}};
}

void Add(const Findings& findings, Names& faults) {
  for (const auto& [name, good] : findings) {
    if (!good) faults.emplace_back(name);
  }
}

void CheckOcsp(const Evidence& evidence, const EvidenceContext& context,
               const std::vector<Certificate>& certificates, Names& faults) {
  const Ocsp ocsp = ReadOcsp(evidence.ocsp_response);
  if (!ocsp.basic) {
    faults.emplace_back("ocspResponse");
    return;
  }
  const Store store = TrustIn(context);
  Add({{"ocspSigner", SignerHolds(ocsp.basic.get(), store.get(), certificates)}}, faults);
  CheckStatus(ocsp.basic.get(), certificates, context.now, faults);
  Add({{"ocspNonce", NonceHolds(ocsp.basic.get(), evidence.signature)}}, faults);
}

}  // namespace

std::vector<std::string> FaultsIn(const Evidence& evidence, const EvidenceContext& context) {
  StartLibraries();
  std::string xml;
  absl::Base64Unescape(evidence.signature, &xml);
  const Document document = Parse(xml);
  if (!document || document->intSubset != nullptr) return {"xml"};
  const xmlNodePtr root = xmlDocGetRootElement(document.get());
  Names faults;
  Add({{"structure", HasStructure(root, context.order)}}, faults);
  const std::vector<Certificate> certificates = CertificatesIn(root);
  const Store store = TrustIn(context);
  Add(CertificateFindings(root, store.get(), certificates, context.order), faults);
  Add(DataFindings(All(root, "bankIdSignedData").front(), context.order), faults);
  CheckOcsp(evidence, context, certificates, faults);
  return faults;
}

}  // namespace bitrade::eidsim
