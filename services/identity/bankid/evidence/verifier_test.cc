#include "services/identity/bankid/evidence/verifier.h"

#include <openssl/x509v3.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/common/testing/catch.h"
#include "services/identity/bankid/evidence/testing/test_bank.h"

namespace bitrade::identity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

// One world for all tests: keys take their time.
TestBank& Bank() {
  static auto& bank = *new TestBank;
  return bank;
}

const EvidenceVerifier& Verifier() {
  static auto& verifier = *new EvidenceVerifier(VerifierUnder(*Bank().root().certificate));
  return verifier;
}

OrderExpectation Expected() {
  return {.function = BankIdFunction::kIdentification,
          .personal_number = "191212121212",
          .policies = {"1.2.3.4.25"},
          .visible_text = "Jag loggar in.",
          .non_visible_data = "",
          .order_time = kNow - absl::Seconds(30),
          .answer_time = kNow + absl::Seconds(2)};
}

// "" for what is believed.
std::string FaultIn(const absl::StatusOr<EvidenceFacts>& result) {
  if (result.ok()) return "";
  CHECK(testing::ReasonOf(result) == "BANKID_EVIDENCE_REFUSED");
  return DetailsOf(result.status()).metadata.at(0).second;
}

std::string FaultIn(const Proof& proof, const OrderExpectation& expected = Expected()) {
  return FaultIn(Verifier().Verify(proof.answer(), expected));
}

std::string FaultIn(const Draft& draft) { return FaultIn(Bank().Sign(draft)); }

Draft Good() { return Bank().Good(kNow); }

// A draft of which `before` is replaced once it is signed.
Draft Altered(const std::string& before, const std::string& after) {
  Draft draft = Good();
  draft.xml = [before, after](std::string& xml) {
    REQUIRE(absl::StrContains(xml, before));
    xml = absl::StrReplaceAll(xml, {{before, after}});
  };
  return draft;
}

// A draft of which `before` is replaced before it is signed.
Draft Signed(const std::string& before, const std::string& after) {
  Draft draft = Good();
  draft.data = [before, after](std::string& data) {
    REQUIRE(absl::StrContains(data, before));
    data = absl::StrReplaceAll(data, {{before, after}});
  };
  return draft;
}

std::string Between(const std::string& text, const std::string& first, const std::string& last) {
  const size_t begin = text.find(first);
  return text.substr(begin, text.find(last, begin) + last.size() - begin);
}

TEST_CASE("Good evidence tells kind of BankID, certificate and time", "[identity][evidence]") {
  const auto facts = Verifier().Verify(Bank().Sign(Good()).answer(), Expected());
  REQUIRE_OK(facts);
  CHECK(facts->certificate_policy == "1.2.3.4.25");
  CHECK(facts->certificate_sha256.size() == 64);
  CHECK(facts->sign_time == kNow);
}

TEST_CASE("A signature over text and hidden data is believed for just these",
          "[identity][evidence]") {
  Draft draft = Good();
  draft.function = "Signing";
  draft.non_visible_data = std::string("\0\xFF manifest", 11);
  const Proof proof = Bank().Sign(draft);
  OrderExpectation expected = Expected();
  expected.function = BankIdFunction::kSigning;
  expected.non_visible_data = draft.non_visible_data;
  CHECK(FaultIn(proof, expected).empty());
  expected.non_visible_data += ' ';
  CHECK(FaultIn(proof, expected) == "NON_VISIBLE_DATA");
  expected.non_visible_data = "";
  CHECK(FaultIn(proof, expected) == "NON_VISIBLE_DATA");
  CHECK(FaultIn(proof) == "FUNCTION");
}

TEST_CASE("What was changed after signing is refused", "[identity][evidence]") {
  CHECK(FaultIn(Altered(absl::Base64Escape("Jag loggar in."), "QW5uYXQ=")) == "SIGNATURE");
  CHECK(FaultIn(Altered("<version>Ny41Mi4w", "<version>Ny41Mi4x")) == "SIGNATURE");
  CHECK(FaultIn(Altered("Id=\"bidKeyInfo\">", "Id=\"bidKeyInfo\"> ")) == "SIGNATURE");
  CHECK(FaultIn(Altered("<SignatureValue>", "<SignatureValue>AAAA")) == "SIGNATURE");
  CHECK(FaultIn(Altered("</Signature>", "")) == "XML");
  Draft truncated = Good();
  truncated.xml = [](std::string& xml) { xml.resize(xml.size() / 2); };
  CHECK(FaultIn(truncated) == "XML");
}

TEST_CASE("A signature that is wrapped, doubled or in another order is refused",
          "[identity][evidence]") {
  Draft wrapped = Good();
  wrapped.xml = [](std::string& xml) {
    const std::string object = Between(xml, "<Object>", "</Object>");
    const std::string forged = absl::StrReplaceAll(
        object,
        {{absl::Base64Escape("Jag loggar in."), "QW5uYXQ="}, {" Id=\"bidSignedData\"", ""}});
    xml = absl::StrReplaceAll(xml, {{object, forged + object}});
  };
  CHECK(FaultIn(wrapped) == "STRUCTURE");
  Draft inside = Good();
  inside.xml = [](std::string& xml) {
    const std::string data = Between(xml, "<bankIdSignedData", "</bankIdSignedData>");
    const std::string forged = absl::StrReplaceAll(data, {{"Id=\"bidSignedData\"", ""}});
    xml = absl::StrReplaceAll(
        xml, {{data, absl::StrReplaceAll(forged, {{"<ai>", absl::StrCat("<ai>", data)}})}});
  };
  CHECK(FaultIn(inside) == "STRUCTURE");
  Draft swapped = Good();
  swapped.xml = [](std::string& xml) {
    const std::string object = Between(xml, "<Object>", "</Object>");
    xml = absl::StrReplaceAll(xml, {{object, ""}, {"<KeyInfo", absl::StrCat(object, "<KeyInfo")}});
  };
  CHECK(FaultIn(swapped) == "STRUCTURE");
  CHECK(FaultIn(Signed("<srvInfo>", "<clientInfo></clientInfo><srvInfo>")) == "STRUCTURE");
  CHECK(FaultIn(Signed("<funcId>", "<funcId>Signing</funcId><funcId>")) == "STRUCTURE");
  CHECK(FaultIn(Signed(" visible=\"wysiwys\"",
                       " format=\"simpleMarkdownV1\" visible=\"wysiwys\"")) == "STRUCTURE");
}

TEST_CASE("Ids that could lead elsewhere are refused", "[identity][evidence]") {
  CHECK(FaultIn(Altered("<Object>", "<Object Id=\"bidSignedData\">")) == "STRUCTURE");
  CHECK(FaultIn(Altered("<Object>", "<Object xml:id=\"bidSignedData\">")) == "XML");
  CHECK(FaultIn(Signed("<ai>", "<ai xml:id=\"bidKeyInfo\">")) == "XML");
  CHECK(FaultIn(Altered("Id=\"bidSignedData\"", "ID=\"bidSignedData\"")) == "STRUCTURE");
  CHECK(FaultIn(Altered("URI=\"#bidSignedData\"", "URI=\"\"")) == "STRUCTURE");
  CHECK(FaultIn(Altered("URI=\"#bidSignedData\"", "URI=\"http://evil.example/\"")) == "STRUCTURE");
}

TEST_CASE("XML that is more than elements and texts is refused before it is verified",
          "[identity][evidence]") {
  CHECK(FaultIn(Altered("?><Sig", "?><!DOCTYPE Signature [<!ENTITY x \"y\">]><Sig")) == "XML");
  CHECK(FaultIn(Altered("<Object>", "<!-- --><Object>")) == "XML");
  CHECK(FaultIn(Altered("<Object>", "<?x y?><Object>")) == "XML");
  CHECK(FaultIn(Altered("<funcId>Identification", "<funcId><![CDATA[Identification]]>")) == "XML");
  CHECK(FaultIn(Altered("<funcId>", "<funcId>&x;")) == "XML");
  CHECK(FaultIn(Altered("<Object>", "stray<Object>")) == "XML");
  CHECK(FaultIn(Altered("</Signature>", "</Signature><Signature></Signature>")) == "XML");
  Draft other = Good();
  other.xml = [](std::string& xml) { xml = std::string("\xFF\xFE<\0S\0", 6); };
  CHECK(FaultIn(other) == "XML");
}

TEST_CASE("Other algorithms than BankID's are refused", "[identity][evidence]") {
  CHECK(FaultIn(Altered("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha512")) == "ALGORITHM");
  CHECK(FaultIn(Altered("/2001/04/xmldsig-more#rsa-sha256", "/2000/09/xmldsig#hmac-sha1")) ==
        "ALGORITHM");
  CHECK(FaultIn(Altered("/2001/04/xmlenc#sha256", "/2000/09/xmldsig#sha1")) == "ALGORITHM");
  CHECK(FaultIn(Altered("Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"",
                        "Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"")) ==
        "ALGORITHM");
}

TEST_CASE("What is too long or no base64 is not even read", "[identity][evidence]") {
  Proof proof = Bank().Sign(Good());
  CHECK(FaultIn(Proof{std::string(kLargestSignature + 1, 'A'), proof.ocsp_response}) == "SIZE");
  CHECK(FaultIn(Proof{proof.signature, std::string(kLargestOcspResponse + 1, 'A')}) == "SIZE");
  CHECK(FaultIn(Proof{"<Signature>", proof.ocsp_response}) == "ENCODING");
  CHECK(FaultIn(Proof{"", proof.ocsp_response}) == "XML");
}

TEST_CASE("Another root, and a chain that was not valid then, are refused",
          "[identity][evidence]") {
  const Credential other = TestBank::Issue(
      {{{"C", "SE"}, {"CN", "Test BankID Root CA"}}, {{"basicConstraints", "critical,CA:TRUE"}}},
      nullptr);
  const EvidenceVerifier foreign = VerifierUnder(*other.certificate);
  CHECK(FaultIn(foreign.Verify(Bank().Sign(Good()).answer(), Expected())) == "CHAIN");
  Draft expired = Good();
  expired.person.not_after = kNow - absl::Seconds(1);
  CHECK(FaultIn(expired) == "CHAIN");
  expired.person.not_after = kNow + absl::Seconds(1);
  CHECK(FaultIn(expired).empty());
}

TEST_CASE("A chain through the bank's CA alone is no chain to a person", "[identity][evidence]") {
  // The bank's own CA is trusted here as if it were a root: the chain is one shorter.
  const EvidenceVerifier shorter = VerifierUnder(*Bank().bank_ca().certificate);
  CHECK(FaultIn(shorter.Verify(Bank().Sign(Good()).answer(), Expected())) == "CHAIN");
}

TEST_CASE("A certificate that is not for signing is refused", "[identity][evidence]") {
  for (const char* usage : {"critical,keyEncipherment", "critical,digitalSignature,keyCertSign"}) {
    Draft draft = Good();
    draft.person.extensions[0].second = usage;
    CHECK(FaultIn(draft) == "KEY_USAGE");
  }
  Draft silent = Good();
  silent.person.extensions.erase(silent.person.extensions.begin());
  CHECK(FaultIn(silent) == "KEY_USAGE");
  Draft repudiated = Good();
  repudiated.person.extensions[0].second = "critical,nonRepudiation";
  CHECK(FaultIn(repudiated).empty());
}

TEST_CASE("Somebody else's certificate, and one of two persons, are refused",
          "[identity][evidence]") {
  Draft other = Good();
  other.person.subject[2].second = "199908072391";
  CHECK(FaultIn(other) == "PERSON");
  Draft both = Good();
  both.person.subject.emplace_back("serialNumber", "199908072391");
  CHECK(FaultIn(both) == "PERSON");
  OrderExpectation nobody = Expected();
  nobody.personal_number = "";
  CHECK(FaultIn(Bank().Sign(Good()), nobody) == "PERSON");
}

TEST_CASE("A kind of BankID that was not asked for is refused", "[identity][evidence]") {
  Draft file = Good();
  file.person.extensions[1].second = "1.2.3.4.5";
  CHECK(FaultIn(file) == "POLICY");
  Draft two = Good();
  two.person.extensions[1].second = "1.2.3.4.25,1.2.3.4.5";
  CHECK(FaultIn(two) == "POLICY");
  Draft none = Good();
  none.person.extensions.pop_back();
  CHECK(FaultIn(none) == "POLICY");
}

TEST_CASE("A proof of another text or for another service is refused", "[identity][evidence]") {
  Draft text = Good();
  text.visible_text = "Jag loggar in!";
  CHECK(FaultIn(text) == "VISIBLE_DATA");
  text.visible_text = "";
  CHECK(FaultIn(text) == "VISIBLE_DATA");
  Draft hidden = Good();
  hidden.non_visible_data = "more";
  CHECK(FaultIn(hidden) == "NON_VISIBLE_DATA");
  Draft service = Good();
  service.relying_party = "cn=evil.example,name=Bitrade,o=Testbank A AB (publ),c=SE";
  CHECK(FaultIn(service) == "RELYING_PARTY");
}

TEST_CASE("An OCSP response of another time than the order's is refused", "[identity][evidence]") {
  for (const absl::Duration off : {-absl::Seconds(91), absl::Seconds(63)}) {
    Draft draft = Good();
    draft.ocsp_time += off;
    CHECK(FaultIn(draft) == "OCSP_TIME");
  }
  Draft skewed = Good();
  skewed.ocsp_time -= absl::Seconds(89);
  CHECK(FaultIn(skewed).empty());
}

TEST_CASE("An OCSP response that does not vouch for this signature is refused",
          "[identity][evidence]") {
  Draft revoked = Good();
  revoked.ocsp_status = V_OCSP_CERTSTATUS_REVOKED;
  CHECK(FaultIn(revoked) == "OCSP_STATUS");
  revoked.ocsp_status = V_OCSP_CERTSTATUS_UNKNOWN;
  CHECK(FaultIn(revoked) == "OCSP_STATUS");
  Draft unbound = Good();
  unbound.nonce = [](std::string& nonce) { nonce[0] = static_cast<char>(nonce[0] + 1); };
  CHECK(FaultIn(unbound) == "OCSP_NONCE");
  unbound.nonce = [](std::string& nonce) { nonce.resize(20); };
  CHECK(FaultIn(unbound) == "OCSP_NONCE");
  const Proof earlier = Bank().Sign(Good());
  const Proof proof = Bank().Sign(Good());
  CHECK(FaultIn(Proof{proof.signature, earlier.ocsp_response}) == "OCSP_CERTIFICATE");
  CHECK(FaultIn(Proof{proof.signature, ""}) == "OCSP_RESPONSE");
  CHECK(FaultIn(Proof{proof.signature, absl::Base64Escape("\x30\x03\x0a\x01\x03")}) ==
        "OCSP_RESPONSE");
}

TEST_CASE("A responder that the customers' CA did not make for this is refused",
          "[identity][evidence]") {
  TestBank bank;
  const EvidenceVerifier verifier = VerifierUnder(*bank.root().certificate);
  const auto fault = [&](CertificateDraft draft, const Credential& issuer) {
    bank.SetResponder(draft, issuer);
    return FaultIn(verifier.Verify(bank.Sign(bank.Good(kNow)).answer(), Expected()));
  };
  CertificateDraft draft = TestBank::ResponderDraft();
  CHECK(fault(draft, bank.customer_ca()).empty());
  CHECK(fault(draft, bank.bank_ca()) == "OCSP_SIGNATURE");
  CHECK(fault(draft, Bank().customer_ca()) == "OCSP_SIGNATURE");
  draft.extensions[1].second = "clientAuth";
  CHECK(fault(draft, bank.customer_ca()) == "OCSP_SIGNATURE");
  draft.extensions[1].second = "OCSPSigning";
  draft.extensions.pop_back();
  CHECK(fault(draft, bank.customer_ca()) == "OCSP_SIGNATURE");
}

TEST_CASE("Without a root or a certificate of our own there is no verifier",
          "[identity][evidence]") {
  const auto missing = EvidenceVerifier::Load("/nonexistent/root.pem", "/nonexistent/own.pem");
  CHECK(testing::CodeOf(missing) == absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace bitrade::identity
