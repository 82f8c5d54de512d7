#include "services/registry/domain/payout_change.h"

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::registry {

const Reason kPayoutChangeOpen{
    "PAYOUT_CHANGE_OPEN",
    absl::StatusCode::kFailedPrecondition,
    {"A change is open", "There is a draft already. Sign and file it, or delete it first."},
    {"En ändring är öppen",
     "Det finns redan ett utkast. Skriv under och lämna in det, eller ta först bort det."}};

const Reason kPayoutChangeNotDraft{"PAYOUT_CHANGE_NOT_DRAFT",
                                   absl::StatusCode::kFailedPrecondition,
                                   {"Not a draft", "The change has been filed already."},
                                   {"Inte ett utkast", "Ändringen är redan inlämnad."}};

const Reason kPayoutNeedsBankid{
    "PAYOUT_NEEDS_BANKID",
    absl::StatusCode::kFailedPrecondition,
    {"Sign with BankID", "A confirmation does not change a payout account; sign with BankID."},
    {"Skriv under med BankID",
     "En bekräftelse ändrar inte ett utbetalningskonto; skriv under med BankID."}};

absl::Status CheckPayoutDraft(const PayoutChange& change) {
  return change.filing ? Refuse(kPayoutChangeNotDraft) : absl::OkStatus();
}

absl::Status FilePayoutChange(PayoutChange& change, const SignatureId& signature,
                              absl::Time sign_time, absl::Time now) {
  RETURN_IF_ERROR(CheckPayoutDraft(change));
  change.filing = PayoutFiling{.signature = signature, .sign_time = sign_time, .valid_from = now};
  ++change.version;
  change.update_time = now;
  return absl::OkStatus();
}

std::vector<std::string> PayoutTransitions(const PayoutChange& change) {
  if (change.filing) return {};
  return {"CreatePayoutAccountChangeSignatureRequest", "FilePayoutAccountChange",
          "DeletePayoutAccountChange"};
}

// No value has a character that would have to be escaped: ids, names of kinds and digits.
std::string PayoutManifest(const PayoutChange& draft) {
  return absl::StrCat("manifest\tbitrade payout-account-change 1\nid\t", draft.id.text(),
                      "\ncounselId\t", draft.counsel.text(), "\nversion\t", draft.version,
                      "\nkind\t", PayoutKindName(draft.account.kind), "\nclearingNumber\t",
                      draft.account.clearing_number, "\nnumber\t", draft.account.number, "\n");
}

std::string PayoutVisibleText(const PayoutChange& draft, absl::string_view counsel_name,
                              absl::string_view manifest_sha256) {
  return absl::StrCat(
      "Jag, ", counsel_name,
      ", byter utbetalningskonto i E-tjänst för biträden hos Migrationsverket.\n\nErsättning till "
      "mig ska betalas ut till:\n\n",
      WrittenOut(draft.account),
      "\n\nDet gäller från det att ändringen har lämnats in.\n\nSkriv inte under om någon har "
      "ringt eller skrivit och bett dig om det.\n\nÄndring: ",
      draft.id.text(), ", version ", draft.version,
      "\nKontrollsumma (SHA-256) för hela ändringen:\n", manifest_sha256, "\n");
}

}  // namespace bitrade::registry
