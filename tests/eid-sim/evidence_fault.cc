#include "tests/eid-sim/evidence_fault.h"

#include <utility>

namespace bitrade::eidsim {
namespace {

constexpr std::pair<EvidenceFault, absl::string_view> kNames[] = {
    {EvidenceFault::kNone, "none"},
    {EvidenceFault::kAlteredText, "alteredText"},
    {EvidenceFault::kBrokenSignature, "brokenSignature"},
    {EvidenceFault::kReorderedParts, "reorderedParts"},
    {EvidenceFault::kWrapped, "wrapped"},
    {EvidenceFault::kWrappedAside, "wrappedAside"},
    {EvidenceFault::kTruncated, "truncated"},
    {EvidenceFault::kDocumentType, "documentType"},
    {EvidenceFault::kAnotherText, "anotherText"},
    {EvidenceFault::kAnotherHiddenText, "anotherHiddenText"},
    {EvidenceFault::kReorderedData, "reorderedData"},
    {EvidenceFault::kAnotherFunction, "anotherFunction"},
    {EvidenceFault::kAnotherRelyingParty, "anotherRelyingParty"},
    {EvidenceFault::kWeakAlgorithms, "weakAlgorithms"},
    {EvidenceFault::kAnotherPerson, "anotherPerson"},
    {EvidenceFault::kWrongPolicy, "wrongPolicy"},
    {EvidenceFault::kExpiredCertificate, "expiredCertificate"},
    {EvidenceFault::kForeignRoot, "foreignRoot"},
    {EvidenceFault::kOcspRevoked, "ocspRevoked"},
    {EvidenceFault::kOcspUnknown, "ocspUnknown"},
    {EvidenceFault::kOcspWrongNonce, "ocspWrongNonce"},
    {EvidenceFault::kOcspAnotherCertificate, "ocspAnotherCertificate"},
    {EvidenceFault::kOcspForeignResponder, "ocspForeignResponder"},
    {EvidenceFault::kOcspUnfitResponder, "ocspUnfitResponder"},
    {EvidenceFault::kOcspOutdated, "ocspOutdated"},
    {EvidenceFault::kOcspAltered, "ocspAltered"},
    {EvidenceFault::kOcspTryLater, "ocspTryLater"},
};

}  // namespace

const std::vector<EvidenceFault>& AllEvidenceFaults() {
  static const auto& all = *[] {
    auto* const faults = new std::vector<EvidenceFault>;
    for (const auto& [fault, name] : kNames) faults->push_back(fault);
    return faults;
  }();
  return all;
}

absl::string_view NameOf(EvidenceFault fault) {
  for (const auto& [known, name] : kNames) {
    if (known == fault) return name;
  }
  return "";
}

std::optional<EvidenceFault> EvidenceFaultNamed(absl::string_view name) {
  for (const auto& [fault, known] : kNames) {
    if (known == name) return fault;
  }
  return std::nullopt;
}

}  // namespace bitrade::eidsim
