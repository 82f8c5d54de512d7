#include "services/common/base/money.h"

namespace bitrade {

int64_t RoundHalfUp(Int128 numerator, int64_t denominator) {
  const Int128 half = denominator / 2;
  const Int128 magnitude = numerator < 0 ? -numerator : numerator;
  // 2 * (m mod d) >= d, written so that odd denominators round right.
  Int128 quotient = magnitude / denominator;
  const Int128 rest = magnitude % denominator;
  if (rest > half || (denominator % 2 == 0 && rest == half)) ++quotient;
  return static_cast<int64_t>(numerator < 0 ? -quotient : quotient);
}

Ore Share(Ore amount, BasisPoints share) {
  return Ore(RoundHalfUp(static_cast<Int128>(amount.value()) * share.value(), 10'000));
}

}  // namespace bitrade
