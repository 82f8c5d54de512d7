// Exact amounts: öre as a fraction, so that nothing is rounded before the rule says so.
#pragma once

#include <cstdint>
#include <string>

#include "services/common/base/money.h"

namespace bitrade::billing {

// An amount in öre with denominator 1 (outlays) or 60 (minutes at an hourly rate). Never reduced:
// "3795000/60" shows minutes × rate.
class Exact {
 public:
  constexpr Exact() = default;

  // Returns minutes × öre per hour / 60.
  static constexpr Exact OfMinutes(int64_t minutes, Ore hourly) {
    return Exact(minutes * hourly.value(), 60);
  }
  // Returns whole öre.
  static constexpr Exact OfOre(Ore ore) { return Exact(ore.value(), 1); }

  friend constexpr Exact operator+(Exact a, Exact b) {
    if (a.denominator_ == b.denominator_) return Exact(a.numerator_ + b.numerator_, a.denominator_);
    return Exact(a.Sixtieths() + b.Sixtieths(), 60);
  }
  Exact& operator+=(Exact other) { return *this = *this + other; }
  friend constexpr bool operator==(Exact a, Exact b) { return a.Sixtieths() == b.Sixtieths(); }

  // Returns the amount rounded half up to an öre.
  Ore ToOre() const { return Ore(RoundHalfUp(numerator_, denominator_)); }
  // Returns the amount rounded half up to a whole krona, in öre.
  Ore ToKrona() const { return Ore::Kronor(RoundHalfUp(numerator_, denominator_ * 100)); }
  // Returns "3795000/60" or "29600".
  std::string text() const;

 private:
  constexpr Exact(int64_t numerator, int64_t denominator)
      : numerator_(numerator), denominator_(denominator) {}
  constexpr int64_t Sixtieths() const { return denominator_ == 60 ? numerator_ : numerator_ * 60; }

  int64_t numerator_ = 0;
  int64_t denominator_ = 1;
};

}  // namespace bitrade::billing
