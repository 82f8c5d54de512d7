// The simulator's signatures, good and bad, as the verifier sees them: a second source, which knows
// nothing of the verifier.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/identity/bankid/evidence/certificates.h"
#include "services/identity/bankid/evidence/verifier.h"
#include "tests/eid-sim/evidence.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::identity {
namespace {

using Fault = eidsim::EvidenceFault;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr char kText[] = "Jag intygar\nått & <så>";
constexpr char kManifest[] = "sha-256 …";

// One world for all tests: keys take their time.
struct World {
  eidsim::SigningAuthority authority;
  eidsim::EvidenceMaker maker{authority};
  eidsim::RelyingParty relying_party;  // as the simulator names us
  EvidenceVerifier verifier = Load();

  EvidenceVerifier Load() {
    const auto folder = std::filesystem::temp_directory_path();
    const std::string root = folder / absl::StrCat("bitrade-", getpid(), "-sim-root.pem");
    const std::string own = folder / absl::StrCat("bitrade-", getpid(), "-sim-own.pem");
    std::ofstream(root) << authority.RootPem();
    const eidsim::CertificateDraft draft{
        {{"C", "SE"}, {"O", "Testbank, A (publ)"}, {"name", "Bitrade"}, {"CN", "bitrade.example"}},
        kNow,
        kNow + absl::Hours(1),
        {}};
    eidsim::WriteCertificate(own, *eidsim::SelfSigned(draft, eidsim::NewEcKey()).certificate);
    const auto certificate = LoadCertificate(own);
    REQUIRE_OK(certificate);
    relying_party = eidsim::RelyingPartyOf(**certificate);
    auto loaded = EvidenceVerifier::Load(root, own);
    std::remove(root.c_str());
    std::remove(own.c_str());
    REQUIRE_OK(loaded);
    return *std::move(loaded);
  }
};

World& TheWorld() {
  static auto& world = *new World;
  return world;
}

eidsim::Order NewOrder(eidsim::OrderKind kind, const std::string& bankid_kind) {
  eidsim::Order order;
  order.relying_party = TheWorld().relying_party;
  order.request.kind = kind;
  order.request.visible_data = absl::Base64Escape(kText);
  order.request.non_visible_data = absl::Base64Escape(kManifest);
  order.request.policies = {std::string(eidsim::PolicyOf(bankid_kind))};
  order.person = {"191212121212", "Åsa Öman", "Åsa", "Öman", {bankid_kind}, ""};
  order.bankid_kind = bankid_kind;
  return order;
}

// "" for what is believed.
std::string FaultIn(eidsim::Order order, Fault fault) {
  order.approval.evidence = fault;
  const eidsim::Evidence evidence = TheWorld().maker.Make(order, kNow);
  const auto facts = TheWorld().verifier.Verify(
      {evidence.signature, evidence.ocsp_response},
      {.function = order.request.kind == eidsim::OrderKind::kSign ? BankIdFunction::kSigning
                                                                  : BankIdFunction::kIdentification,
       .personal_number = order.person.personal_number,
       .policies = order.request.policies,
       .visible_text = kText,
       .non_visible_data = kManifest,
       .order_time = kNow - absl::Minutes(2),
       .answer_time = kNow});
  return facts.ok() ? "" : DetailsOf(facts.status()).metadata.at(0).second;
}

TEST_CASE("Every kind of BankID is believed, for log-ins and for signatures",
          "[identity][evidence]") {
  for (const char* bankid_kind : {"file", "card", "mobile"}) {
    for (const auto kind : {eidsim::OrderKind::kAuth, eidsim::OrderKind::kSign}) {
      INFO(bankid_kind);
      CHECK(FaultIn(NewOrder(kind, bankid_kind), Fault::kNone).empty());
    }
  }
}

TEST_CASE("Every fault that the simulator can make is refused for what it is",
          "[identity][evidence]") {
  const std::map<Fault, std::string> expected = {
      {Fault::kNone, ""},
      {Fault::kAlteredText, "SIGNATURE"},
      {Fault::kBrokenSignature, "SIGNATURE"},
      {Fault::kReorderedParts, "STRUCTURE"},
      {Fault::kWrapped, "STRUCTURE"},
      {Fault::kWrappedAside, "STRUCTURE"},
      {Fault::kTruncated, "XML"},
      {Fault::kDocumentType, "XML"},
      {Fault::kAnotherText, "VISIBLE_DATA"},
      {Fault::kAnotherHiddenText, "NON_VISIBLE_DATA"},
      {Fault::kReorderedData, "STRUCTURE"},
      {Fault::kAnotherFunction, "FUNCTION"},
      {Fault::kAnotherRelyingParty, "RELYING_PARTY"},
      {Fault::kWeakAlgorithms, "ALGORITHM"},
      {Fault::kAnotherPerson, "PERSON"},
      {Fault::kWrongPolicy, "POLICY"},
      {Fault::kExpiredCertificate, "CHAIN"},
      {Fault::kForeignRoot, "CHAIN"},
      {Fault::kOcspRevoked, "OCSP_STATUS"},
      {Fault::kOcspUnknown, "OCSP_STATUS"},
      {Fault::kOcspWrongNonce, "OCSP_NONCE"},
      {Fault::kOcspAnotherCertificate, "OCSP_CERTIFICATE"},
      {Fault::kOcspForeignResponder, "OCSP_SIGNATURE"},
      {Fault::kOcspUnfitResponder, "OCSP_SIGNATURE"},
      {Fault::kOcspOutdated, "OCSP_TIME"},
      {Fault::kOcspAltered, "OCSP_SIGNATURE"},
      {Fault::kOcspTryLater, "OCSP_RESPONSE"},
  };
  CHECK(expected.size() == eidsim::AllEvidenceFaults().size());
  for (const auto kind : {eidsim::OrderKind::kAuth, eidsim::OrderKind::kSign}) {
    for (const Fault fault : eidsim::AllEvidenceFaults()) {
      INFO(std::string(eidsim::NameOf(fault)));
      CHECK(FaultIn(NewOrder(kind, "mobile"), fault) == expected.at(fault));
    }
  }
}

}  // namespace
}  // namespace bitrade::identity
