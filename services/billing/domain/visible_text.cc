#include "services/billing/domain/visible_text.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/common/base/dates.h"

namespace bitrade::billing {
namespace {

// "21 113,00 kronor".
std::string Kronor(Ore amount) {
  std::string digits = absl::StrCat(amount.value() / 100);
  for (int64_t at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, ' ');
  }
  return absl::StrFormat("%s,%02d kronor", digits, amount.value() % 100);
}

absl::string_view RowName(absl::string_view kind) {
  if (kind == "WORK") return "Arbete";
  if (kind == "TIME_LOSS_DAY") return "Tidsspillan vardagar 8–18";
  if (kind == "TIME_LOSS_OTHER") return "Tidsspillan annan tid";
  return "Utlägg";
}

}  // namespace

std::string VisibleText(const Filing& filing, absl::string_view manifest_sha256) {
  const Calculation& calculation = filing.calculation;
  std::string text = absl::StrCat(
      "Jag lämnar in en kostnadsräkning till Migrationsverket och intygar att uppgifterna i den är "
      "riktiga.\n\nFörordnande: ",
      filing.statement.appointment.text(), "\nKostnadsräkning: ", filing.statement.id.text(),
      ", version ", filing.statement.version,
      "\nDag vars belopp gäller: ", FormatDate(filing.claim.filing_date), "\n\n");
  for (const SummaryRow& row : calculation.summary) {
    absl::StrAppend(&text, RowName(row.kind), ": ", Kronor(row.amount), "\n");
  }
  absl::StrAppend(&text, "Summa utan mervärdesskatt: ", Kronor(calculation.net),
                  "\nMervärdesskatt: ", Kronor(calculation.vat),
                  "\nSumma att betala: ", Kronor(calculation.total),
                  "\n\nKontrollsumma (SHA-256) för hela kostnadsräkningen:\n", manifest_sha256,
                  "\n");
  return text;
}

}  // namespace bitrade::billing
