#include "tests/eid-sim/evidence.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "tests/eid-sim/evidence_check.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {
namespace {

using Faults = std::vector<std::string>;

const absl::Time kNow = absl::FromUnixSeconds(1790000000);

// One world for all tests: keys take their time.
SigningAuthority& Authority() {
  static auto& authority = *new SigningAuthority;
  return authority;
}

EvidenceMaker& Maker() {
  static auto& maker = *new EvidenceMaker(Authority());
  return maker;
}

Certificate Root() {
  const std::string pem = Authority().RootPem();
  const std::unique_ptr<BIO, int (*)(BIO*)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  return {PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), &X509_free};
}

Order NewOrder(OrderKind kind, const std::string& bankid_kind) {
  Order order;
  order.relying_party = {"f1", "cn=bitrade.example,name=Bitrade,o=Testbank A AB (publ),c=SE",
                         "Bitrade"};
  order.request.kind = kind;
  order.request.visible_data = absl::Base64Escape("Jag intygar\nått & <så>");
  order.request.non_visible_data = absl::Base64Escape("sha-256 …");
  order.request.policies = {std::string(PolicyOf(bankid_kind))};
  order.person = {"191212121212", "Åsa Öman", "Åsa", "Öman", {bankid_kind}, ""};
  order.bankid_kind = bankid_kind;
  return order;
}

Faults FaultsOf(const Order& order, const Evidence& evidence) {
  const Certificate root = Root();
  return FaultsIn(evidence, {order, *root, kNow});
}

Faults FaultsOf(Order order, EvidenceFault fault) {
  order.approval.evidence = fault;
  return FaultsOf(order, Maker().Make(order, kNow));
}

std::string XmlOf(const Evidence& evidence) {
  std::string xml;
  REQUIRE(absl::Base64Unescape(evidence.signature, &xml));
  return xml;
}

TEST_CASE("An independent verifier accepts every kind of evidence", "[eid-sim][unit]") {
  for (const char* bankid_kind : {"file", "card", "mobile"}) {
    for (const OrderKind kind : {OrderKind::kAuth, OrderKind::kSign}) {
      INFO(bankid_kind);
      CHECK(FaultsOf(NewOrder(kind, bankid_kind), EvidenceFault::kNone) == Faults{});
    }
  }
}

TEST_CASE("Texts that were not sent are not signed", "[eid-sim][unit]") {
  Order order = NewOrder(OrderKind::kAuth, "mobile");
  order.request.visible_data.clear();
  order.request.non_visible_data.clear();
  order.request.policies.clear();
  const Evidence evidence = Maker().Make(order, kNow);
  CHECK(FaultsOf(order, evidence) == Faults{});
  CHECK_FALSE(absl::StrContains(XmlOf(evidence), "VisibleData"));
}

TEST_CASE("A formatted text says so", "[eid-sim][unit]") {
  Order order = NewOrder(OrderKind::kSign, "mobile");
  order.request.markdown = true;
  const Evidence evidence = Maker().Make(order, kNow);
  CHECK(FaultsOf(order, evidence) == Faults{});
  CHECK(absl::StrContains(
      XmlOf(evidence),
      R"(<usrVisibleData charset="UTF-8" format="simpleMarkdownV1" visible="wysiwys">)"));
}

TEST_CASE("The raw text of what is signed gives the digests", "[eid-sim][unit]") {
  const std::string xml = XmlOf(Maker().Make(NewOrder(OrderKind::kSign, "file"), kNow));
  for (const char* name : {"KeyInfo", "bankIdSignedData"}) {
    const std::string end = absl::StrCat("</", name, ">");
    const size_t begin = xml.find(absl::StrCat("<", name, " "));
    REQUIRE(begin != std::string::npos);
    const std::string element = xml.substr(begin, xml.find(end) + end.size() - begin);
    CHECK(absl::StrContains(
        xml, absl::StrCat("<DigestValue>", absl::Base64Escape(crypto::Sha256(element)))));
  }
}

TEST_CASE("The certificate names person, bank and kind as BankID does", "[eid-sim][unit]") {
  const SigningChain chain =
      Authority().ChainFor({"191212121212", "Åsa Öman", "Åsa", "Öman", "file", "1.2.3.4.5", false});
  CHECK(RelyingPartyOf(*chain.person.certificate).name ==
        "cn=Åsa Öman,name=(220809 12.00) Åsa Öman - BankID på fil,serialNumber=191212121212,"
        "gn=Åsa,sn=Öman,o=Testbank A AB (publ),c=SE");
}

TEST_CASE("Each fault is seen for what it is, and as nothing else", "[eid-sim][unit]") {
  const std::map<EvidenceFault, Faults> expected = {
      {EvidenceFault::kNone, {}},
      {EvidenceFault::kAlteredText, {"signature", "text"}},
      {EvidenceFault::kBrokenSignature, {"signature"}},
      {EvidenceFault::kReorderedParts, {"structure", "signature"}},  // libxmlsec wants the order
      {EvidenceFault::kWrapped, {"structure", "signature", "text"}},
      {EvidenceFault::kWrappedAside, {"structure", "text"}},
      {EvidenceFault::kTruncated, {"xml"}},
      {EvidenceFault::kDocumentType, {"xml"}},
      {EvidenceFault::kAnotherText, {"text"}},
      {EvidenceFault::kAnotherHiddenText, {"hiddenText"}},
      {EvidenceFault::kReorderedData, {"structure"}},
      {EvidenceFault::kAnotherFunction, {"function"}},
      {EvidenceFault::kAnotherRelyingParty, {"relyingParty"}},
      {EvidenceFault::kWeakAlgorithms, {"algorithms"}},
      {EvidenceFault::kAnotherPerson, {"person"}},
      {EvidenceFault::kWrongPolicy, {"policy"}},
      {EvidenceFault::kExpiredCertificate, {"chain"}},
      {EvidenceFault::kForeignRoot, {"chain", "ocspSigner"}},
      {EvidenceFault::kOcspRevoked, {"ocspStatus"}},
      {EvidenceFault::kOcspUnknown, {"ocspStatus"}},
      {EvidenceFault::kOcspWrongNonce, {"ocspNonce"}},
      {EvidenceFault::kOcspAnotherCertificate, {"ocspCertificate"}},
      {EvidenceFault::kOcspForeignResponder, {"ocspSigner"}},
      {EvidenceFault::kOcspUnfitResponder, {"ocspSigner"}},
      {EvidenceFault::kOcspOutdated, {"ocspTime"}},
      {EvidenceFault::kOcspAltered, {"ocspSigner"}},
      {EvidenceFault::kOcspTryLater, {"ocspResponse"}},
  };
  CHECK(expected.size() == AllEvidenceFaults().size());
  for (const OrderKind kind : {OrderKind::kAuth, OrderKind::kSign}) {
    for (const EvidenceFault fault : AllEvidenceFaults()) {
      const Faults seen = FaultsOf(NewOrder(kind, "mobile"), fault);
      INFO(NameOf(fault) << ": " << absl::StrJoin(seen, " "));
      CHECK(seen == expected.at(fault));
    }
  }
}

TEST_CASE("A root from files stands above all signatures", "[eid-sim][unit]") {
  const Credential root = NewSigningRoot();
  SigningAuthority authority(root);
  EvidenceMaker maker(authority);
  const Order order = NewOrder(OrderKind::kSign, "mobile");
  CHECK(FaultsIn(maker.Make(order, kNow), {order, *root.certificate, kNow}) == Faults{});
  CHECK(authority.RootPem() == PemOf(*root.certificate));
}

}  // namespace
}  // namespace bitrade::eidsim
