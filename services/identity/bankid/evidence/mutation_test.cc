// Thousands of signatures and OCSP responses that are almost good, the same ones in every run.
#include "absl/strings/escaping.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/mutator.h"
#include "services/identity/bankid/evidence/ocsp.h"
#include "services/identity/bankid/evidence/testing/test_bank.h"
#include "services/identity/bankid/evidence/xml_signature.h"

namespace bitrade::identity {
namespace {

using bitrade::testing::Mutator;

constexpr int kRounds = 4000;
const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

size_t TagIn(const std::string& xml, Mutator& mutator) {
  const size_t found = xml.find('<', mutator.Below(xml.size()));
  return found == std::string::npos ? 0 : found;
}

// Doubles or moves a run of tags, so that it stays XML as often as not.
std::string Rearranged(std::string xml, Mutator& mutator) {
  const size_t from = TagIn(xml, mutator);
  const size_t end = TagIn(xml, mutator);
  if (end <= from) return mutator.Mutated(std::move(xml));
  const std::string piece = xml.substr(from, end - from);
  if (mutator.Below(2) == 0) xml.erase(from, piece.size());
  xml.insert(TagIn(xml, mutator), piece);
  return xml;
}

std::string Decoded(const std::string& base64) {
  std::string decoded;
  REQUIRE(absl::Base64Unescape(base64, &decoded));
  return decoded;
}

Draft DraftOf(TestBank& bank) {
  Draft draft = bank.Good(kNow);
  draft.non_visible_data = "manifest";
  return draft;
}

TEST_CASE("A signature that was mutated is refused, or says what was signed",
          "[identity][evidence]") {
  TestBank bank;
  const std::string xml = Decoded(bank.Sign(DraftOf(bank)).signature);
  const auto original = ReadXmlSignature(xml);
  REQUIRE_OK(original);
  Mutator mutator;
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto read =
        ReadXmlSignature(round % 2 == 0 ? mutator.Mutated(xml) : Rearranged(xml, mutator));
    if (!read.ok()) {
      ++refused;
      continue;
    }
    REQUIRE(read->certificates == original->certificates);
    REQUIRE(read->visible_data == original->visible_data);
    REQUIRE(read->non_visible_data == original->non_visible_data);
    REQUIRE(read->relying_party == original->relying_party);
    REQUIRE(read->function == original->function);
  }
  CHECK(refused > kRounds * 9 / 10);
}

TEST_CASE("An OCSP response that was mutated is refused, or vouches for the same",
          "[identity][evidence]") {
  TestBank bank;
  const Draft draft = DraftOf(bank);
  const Proof proof = bank.Sign(draft);
  const std::string der = Decoded(proof.ocsp_response);
  const auto statement = ReadXmlSignature(Decoded(proof.signature));
  REQUIRE_OK(statement);
  const auto chain = ReadChain(statement->certificates);
  REQUIRE_OK(chain);
  const SigningRoots roots = RootsOf(*bank.root().certificate);
  Mutator mutator;
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto response = ReadOcspResponse(mutator.Mutated(der));
    const bool good = response.ok() && CheckTime(*response, {kNow, kNow}).ok() &&
                      CheckOcsp(*response, *chain, roots, proof.signature).ok();
    if (!good) ++refused;
    if (good) REQUIRE(response->time == kNow);
  }
  CHECK(refused > kRounds * 9 / 10);
}

TEST_CASE("A chain of mutated certificates is read or refused, and never more than that",
          "[identity][evidence]") {
  TestBank bank;
  const auto statement = ReadXmlSignature(Decoded(bank.Sign(DraftOf(bank)).signature));
  REQUIRE_OK(statement);
  const SigningRoots roots = RootsOf(*bank.root().certificate);
  Mutator mutator;
  for (int round = 0; round < kRounds / 4; ++round) {
    std::vector<std::string> ders = statement->certificates;
    std::string& chosen = ders[mutator.Below(ders.size())];
    const std::string before = chosen;
    chosen = mutator.Mutated(chosen);
    const auto chain = ReadChain(ders);
    const bool believed = chain.ok() && roots.Check(*chain, kNow).ok();
    REQUIRE((!believed || chosen == before));
  }
}

}  // namespace
}  // namespace bitrade::identity
