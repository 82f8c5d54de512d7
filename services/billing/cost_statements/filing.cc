#include "services/billing/cost_statements/filing.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/billing/calculations/convert.h"
#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/view.h"
#include "services/billing/domain/manifest.h"
#include "services/billing/domain/visible_text.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/crypto/digest.h"

namespace bitrade::billing {
namespace {

// A draft as it would be filed on a day.
struct Priced {
  v1::CalculationInput input;
  Claim claim;
  Calculation calculation;
};

absl::StatusOr<Priced> Price(const StoredStatement& draft, const TaxFacts& tax,
                             const RateTable& rates, absl::CivilDay today) {
  Priced priced;
  ASSIGN_OR_RETURN(priced.input, InputOf(draft));
  FillIn(tax, today, priced.input);
  ASSIGN_OR_RETURN(priced.claim, FromProto(priced.input, today));
  RETURN_IF_ERROR(CheckComplete(priced.claim));
  ASSIGN_OR_RETURN(priced.calculation, Calculate(priced.claim, rates));
  return priced;
}

// What is signed unseen: the manifest, or where e-legitimations take no more than so many bytes, a
// manifest of its digest. The text that is read names the digest as well.
std::string Unseen(const std::string& manifest) {
  constexpr size_t kMostUnseen = 150'000;
  if (manifest.size() <= kMostUnseen) return manifest;
  return absl::StrCat("manifest\tbitrade digest of a cost statement 1\nsha256\t",
                      crypto::Sha256Hex(manifest), "\n");
}

FilingKind KindOf(const std::optional<signing::Fact>& fact) {
  if (!fact) return FilingKind::kSession;
  return fact->is_signature ? FilingKind::kSignature : FilingKind::kConfirmation;
}

}  // namespace

signing::Subject SubjectOf(const CostStatement& draft) {
  return {.purpose = signing::kCostStatementFiling,
          .person_id = draft.counsel.text(),
          .resource_id = draft.id.text(),
          .version = draft.version};
}

FilingKind KindOf(type::v1::SigningMethod method) {
  return method == type::v1::TELIA ? FilingKind::kConfirmation : FilingKind::kSignature;
}

absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const StoredStatement& draft, FilingKind kind,
                                                   const Basis& basis, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft.statement));
  ASSIGN_OR_RETURN(const Priced priced, Price(draft, basis.tax, basis.rates, SwedishDay(now)));
  const Filing filing{draft.statement, priced.claim, priced.calculation, kind};
  const std::string manifest = Manifest(filing);
  return signing::ToBeSigned{VisibleText(filing, crypto::Sha256Hex(manifest)), Unseen(manifest)};
}

absl::StatusOr<MadeFiling> MakeFiling(StoredStatement draft, const FilingFacts& facts,
                                      const RateTable& rates, absl::Time now) {
  const CostStatement as_signed = draft.statement;
  RETURN_IF_ERROR(File(draft.statement, now));
  ASSIGN_OR_RETURN(const Priced priced, Price(draft, facts.tax, rates, SwedishDay(now)));
  draft.content.input = priced.input.SerializeAsString();
  draft.content.result = ToProto(priced.calculation).SerializeAsString();
  const FilingKind kind = KindOf(facts.signature);
  const CostStatement& vouched_for = kind == FilingKind::kSession ? draft.statement : as_signed;
  draft.content.manifest = Manifest({vouched_for, priced.claim, priced.calculation, kind});
  Receipt receipt{.number = "",
                  .kind = kind,
                  .signature_id = facts.signature ? facts.signature->signature_id : "",
                  .cost_statement = draft.statement.id,
                  .received_time = now,
                  .manifest_sha256 = crypto::Sha256Hex(draft.content.manifest),
                  .total = priced.calculation.total};
  if (facts.signature) {
    RETURN_IF_ERROR(signing::Check(*facts.signature, SubjectOf(as_signed),
                                   crypto::Sha256Hex(Unseen(draft.content.manifest))));
  }
  return MadeFiling{std::move(draft), std::move(receipt)};
}

}  // namespace bitrade::billing
