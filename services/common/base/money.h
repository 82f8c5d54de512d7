// Money in whole öre, and shares in basis points. No floating point anywhere near an amount.
#pragma once

#include <compare>
#include <cstdint>

namespace bitrade {

// An amount in öre (1/100 of a krona, SEK). Explicit to make, ordered, added and subtracted;
// nothing multiplies it by a fraction but the functions that say how they round.
class Ore {
 public:
  constexpr Ore() = default;
  constexpr explicit Ore(int64_t ore) : ore_(ore) {}
  static constexpr Ore Kronor(int64_t kronor) { return Ore(kronor * 100); }

  constexpr int64_t value() const { return ore_; }

  friend constexpr auto operator<=>(Ore, Ore) = default;
  friend constexpr Ore operator+(Ore a, Ore b) { return Ore(a.ore_ + b.ore_); }
  friend constexpr Ore operator-(Ore a, Ore b) { return Ore(a.ore_ - b.ore_); }
  constexpr Ore& operator+=(Ore other) {
    ore_ += other.ore_;
    return *this;
  }

 private:
  int64_t ore_ = 0;
};

// Hundredths of a per cent: 2 500 is 25 %.
class BasisPoints {
 public:
  constexpr explicit BasisPoints(int64_t points) : points_(points) {}
  constexpr int64_t value() const { return points_; }

 private:
  int64_t points_;
};

// The compiler's 128-bit integer; __extension__ keeps -Wpedantic builds quiet.
__extension__ using Int128 = __int128;

// `numerator / denominator`, half away from zero, through 128 bits. Precondition: denominator > 0.
int64_t RoundHalfUp(Int128 numerator, int64_t denominator);

// The share of `amount`, rounded half away from zero to a whole öre.
Ore Share(Ore amount, BasisPoints share);

}  // namespace bitrade
