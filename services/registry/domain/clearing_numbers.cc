#include "services/registry/domain/clearing_numbers.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/formats.h"

namespace bitrade::registry {
namespace {

using enum AccountType;

// In the order of their numbers.
constexpr std::array kRanges{
    ClearingRange{1100, 1199, "Nordea", k11, 7, 7},
    ClearingRange{1200, 1399, "Danske Bank", k11, 7, 7},
    ClearingRange{1400, 2099, "Nordea", k11, 7, 7},
    ClearingRange{2300, 2399, "Ålandsbanken", k12, 7, 7},
    ClearingRange{2400, 2499, "Danske Bank", k11, 7, 7},
    ClearingRange{3000, 3299, "Nordea", k11, 7, 7},
    ClearingRange{3300, 3300, "Nordea", k21, 10, 10},
    ClearingRange{3301, 3399, "Nordea", k11, 7, 7},
    ClearingRange{3400, 3409, "Länsförsäkringar Bank", k11, 7, 7},
    ClearingRange{3410, 3781, "Nordea", k11, 7, 7},
    ClearingRange{3782, 3782, "Nordea", k21, 10, 10},
    ClearingRange{3783, 3999, "Nordea", k11, 7, 7},
    ClearingRange{4000, 4999, "Nordea", k12, 7, 7},
    ClearingRange{5000, 5999, "SEB", k11, 7, 7},
    ClearingRange{6000, 6999, "Handelsbanken", k22, 8, 9},
    ClearingRange{7000, 7999, "Swedbank", k11, 7, 7},
    ClearingRange{8000, 8999, "Swedbank", k23, 2, 10},
    ClearingRange{9020, 9029, "Länsförsäkringar Bank", k12, 7, 7},
    ClearingRange{9040, 9049, "Citibank", k12, 7, 7},
    ClearingRange{9060, 9069, "Länsförsäkringar Bank", k11, 7, 7},
    ClearingRange{9070, 9079, "Multitude Bank", k11, 7, 7},
    ClearingRange{9100, 9109, "Nordnet Bank", k12, 7, 7},
    ClearingRange{9120, 9124, "SEB", k11, 7, 7},
    ClearingRange{9130, 9149, "SEB", k11, 7, 7},
    ClearingRange{9150, 9169, "Skandiabanken", k12, 7, 7},
    ClearingRange{9170, 9179, "IKANO Bank", k11, 7, 7},
    ClearingRange{9180, 9189, "Danske Bank", k21, 10, 10},
    ClearingRange{9190, 9199, "DNB Bank", k12, 7, 7},
    ClearingRange{9230, 9239, "Marginalen Bank", k11, 7, 7},
    ClearingRange{9250, 9259, "SBAB", k11, 7, 7},
    ClearingRange{9260, 9269, "DNB Bank", k12, 7, 7},
    ClearingRange{9270, 9279, "ICA Banken", k11, 7, 7},
    ClearingRange{9280, 9289, "Resurs Bank", k11, 7, 7},
    ClearingRange{9300, 9349, "Swedbank", k21, 10, 10},
    ClearingRange{9390, 9399, "Landshypotek", k12, 7, 7},
    ClearingRange{9460, 9469, "Santander Consumer Bank", k11, 7, 7},
    ClearingRange{9470, 9479, "BNP Paribas", k12, 7, 7},
    ClearingRange{9500, 9549, "Nordea Plusgirot", k23, 2, 8},
    ClearingRange{9550, 9569, "Avanza Bank", k12, 7, 7},
    ClearingRange{9570, 9579, "Sparbanken Syd", k21, 10, 10},
    ClearingRange{9580, 9589, "Aion Bank", k11, 7, 7},
    ClearingRange{9590, 9599, "Erik Penser", k12, 7, 7},
    ClearingRange{9630, 9639, "Lån & Spar Bank Sverige", k11, 7, 7},
    ClearingRange{9640, 9649, "NOBA Bank Group", k12, 7, 7},
    ClearingRange{9660, 9669, "Svea Bank", k12, 7, 7},
    ClearingRange{9670, 9679, "JAK Medlemsbank", k12, 7, 7},
    ClearingRange{9680, 9689, "BlueStep Finans", k11, 7, 7},
    ClearingRange{9700, 9709, "Ekobanken", k12, 7, 7},
    ClearingRange{9710, 9719, "Lunar Bank", k12, 7, 7},
    ClearingRange{9750, 9759, "Northmill Bank", k12, 7, 7},
    ClearingRange{9780, 9789, "Klarna Bank", k12, 7, 7},
    ClearingRange{9880, 9889, "Riksgälden", k12, 7, 7},
    ClearingRange{9890, 9899, "Riksgälden", k21, 10, 10},
    ClearingRange{9960, 9969, "Nordea Plusgirot", k23, 2, 8},
};

constexpr bool AreInOrder() {
  for (size_t i = 1; i < kRanges.size(); ++i) {
    if (kRanges[i].first <= kRanges[i - 1].last) return false;
  }
  return true;
}
static_assert(AreInOrder());

constexpr int kFirstOfFive = 8000;
constexpr int kLastOfFive = 8999;

// Weights from the right 1 to 10, then 1 again; noughts alone are no number.
bool FitsModulusEleven(absl::string_view digits) {
  int sum = 0;
  for (size_t from_right = 0; from_right < digits.size(); ++from_right) {
    const int weight = static_cast<int>(from_right % 10) + 1;
    sum += (digits[digits.size() - 1 - from_right] - '0') * weight;
  }
  return sum > 0 && sum % 11 == 0;
}

}  // namespace

const ClearingRange* FindClearing(absl::string_view clearing_number) {
  const bool five = IsDigits(clearing_number, 5);
  int number = 0;
  if (!five && !IsDigits(clearing_number, 4)) return nullptr;
  if (!absl::SimpleAtoi(clearing_number.substr(0, 4), &number)) return nullptr;
  const bool needs_five = number >= kFirstOfFive && number <= kLastOfFive;
  if (five != needs_five || (five && !HasLuhnDigit(clearing_number))) return nullptr;
  const auto* const range = std::find_if(
      kRanges.begin(), kRanges.end(), [&](const ClearingRange& one) { return number <= one.last; });
  return range != kRanges.end() && number >= range->first ? &*range : nullptr;
}

bool FitsClearing(absl::string_view clearing_number, absl::string_view account) {
  const ClearingRange* const range = FindClearing(clearing_number);
  if (range == nullptr) return false;
  switch (range->type) {
    case k11:
      return FitsModulusEleven(absl::StrCat(clearing_number.substr(1), account));
    case k12:
      return FitsModulusEleven(absl::StrCat(clearing_number, account));
    case k22:
      return FitsModulusEleven(account);
    case k21:
    case k23:
      return HasLuhnDigit(account);
  }
  return false;
}

bool MayBreakCheckDigit(AccountType type) { return type == k21 || type == k22 || type == k23; }

}  // namespace bitrade::registry
