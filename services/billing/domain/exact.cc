#include "services/billing/domain/exact.h"

#include "absl/strings/str_cat.h"

namespace bitrade::billing {

std::string Exact::text() const {
  return denominator_ == 1 ? absl::StrCat(numerator_) : absl::StrCat(numerator_, "/", denominator_);
}

}  // namespace bitrade::billing
