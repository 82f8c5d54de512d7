// Swedish identity numbers of natural persons: personnummer, and samordningsnummer (coordination
// number), whose day of birth is raised by 60.
//
//   ASSIGN_OR_RETURN(const PersonNumber number, PersonNumber::Parse("121212+1212", today));
//   log << number;               // 1912****-****
//   Encrypt(number.FullText());  // 191212121212
#pragma once

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace bitrade {

// A number whose form, date and check digit hold; whether anybody bears it is another question.
// Prints masked; the whole number leaves it by FullText alone.
class PersonNumber {
 public:
  // Reads YYYYMMDDNNNN, YYMMDD-NNNN and YYMMDD+NNNN. The sign tells the century as seen on `today`:
  // "-" until the end of the year before the one in which the person turns 100, "+" for the
  // hundred years after that.
  // Source: folkbokföringslagen (1991:481) 18 §; förordning (1991:749) om folkbokföring.
  //
  // Errors: INVALID_ARGUMENT for another form, a date that does not exist or lies after `today`,
  // a year before 1800, a wrong check digit. The text says which, never the number.
  static absl::StatusOr<PersonNumber> Parse(absl::string_view text, absl::CivilDay today);

  // Tells whether it is a coordination number (samordningsnummer).
  bool is_coordination() const { return coordination_; }

  // The day of birth that the number states.
  absl::CivilDay birth_day() const { return birth_day_; }

  // The year of birth and asterisks: "1912****-****".
  std::string Masked() const;

  // All twelve digits. For encryption, keyed hashing and the e-legitimation provider.
  const std::string& FullText() const { return digits_; }

  friend bool operator==(const PersonNumber& a, const PersonNumber& b) {
    return a.digits_ == b.digits_;
  }
  friend bool operator!=(const PersonNumber& a, const PersonNumber& b) { return !(a == b); }
  friend std::ostream& operator<<(std::ostream& out, const PersonNumber& number) {
    return out << number.Masked();
  }

 private:
  PersonNumber(std::string digits, absl::CivilDay birth_day, bool coordination)
      : digits_(std::move(digits)), birth_day_(birth_day), coordination_(coordination) {}

  std::string digits_;
  absl::CivilDay birth_day_;
  bool coordination_;
};

}  // namespace bitrade
