#include "services/appointments/domain/identifier.h"

#include "services/common/base/formats.h"
#include "services/common/base/person_number.h"

namespace bitrade::appointments {
namespace {

bool IsDossierNumber(absl::string_view text) {
  return text.size() == 9 && text[2] == '-' && IsDigits(text.substr(0, 2), 2) &&
         IsDigits(text.substr(3), 6);
}

bool IsLmaNumber(absl::string_view text) {
  const auto slash = text.find('/');
  if (slash == absl::string_view::npos) return false;
  const auto card = text.substr(slash + 1);
  return IsDossierNumber(text.substr(0, slash)) && card.size() <= 4 && !card.empty() &&
         IsDigits(card, card.size());
}

bool IsIdentityNumber(absl::string_view text, bool coordination, absl::CivilDay today) {
  const auto number = PersonNumber::Parse(text, today);
  return number.ok() && number->FullText() == text && number->is_coordination() == coordination;
}

}  // namespace

bool IsIdentifier(const Identifier& identifier, absl::CivilDay today) {
  if (identifier.type == "DOSSIER_NUMBER") return IsDossierNumber(identifier.value);
  if (identifier.type == "LMA_NUMBER") return IsLmaNumber(identifier.value);
  const bool coordination = identifier.type == "SAMORDNINGSNUMMER";
  return (coordination || identifier.type == "PERSONNUMMER") &&
         IsIdentityNumber(identifier.value, coordination, today);
}

}  // namespace bitrade::appointments
