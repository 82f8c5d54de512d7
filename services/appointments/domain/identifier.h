// The numbers by which applicants are known to agencies.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"

namespace bitrade::appointments {

// A number by which an applicant is known: DOSSIER_NUMBER "12-345678", LMA_NUMBER "12-345678/1",
// PERSONNUMMER or SAMORDNINGSNUMMER in 12 digits.
struct Identifier {
  std::string type;
  std::string value;
  std::optional<absl::CivilDay> valid_from;  // unset when unknown
};

// Tells whether the type is known and the value has its format; `today` bounds days of birth.
bool IsIdentifier(const Identifier& identifier, absl::CivilDay today);

}  // namespace bitrade::appointments
