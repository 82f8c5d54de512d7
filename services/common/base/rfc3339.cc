#include "services/common/base/rfc3339.h"

#include <array>
#include <cstring>

namespace bitrade {
namespace {

constexpr int64_t kDay = 86'400;
constexpr int64_t kMicrosPerSecond = 1'000'000;

struct Day {
  int64_t year, month, day;
};

// The proleptic Gregorian day, counted in eras of 400 years that begin with March, so that the leap
// day comes last. A page has dozens of instants, and a general calendar costs twenty times as much.
Day DayOf(int64_t days_since_1970) {
  const int64_t days = days_since_1970 + 719'468;
  const int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const int64_t of_era = days - era * 146'097;
  const int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const int64_t march_month = (5 * of_year + 2) / 153;
  const int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {year + era * 400 + (month <= 2 ? 1 : 0), month,
          of_year - (153 * march_month + 2) / 5 + 1};
}

// "00" to "99".
constexpr std::array<char, 200> kPairs = [] {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// Writes the last two digits of a number that is not negative, and returns what follows them.
char* Pair(int64_t value, char* at) {
  std::memcpy(at, &kPairs[2 * (static_cast<size_t>(value) % 100)], 2);
  return at + 2;
}

char* Part(char separator, int64_t value, char* at) {
  *at = separator;
  return Pair(value, at + 1);
}

// Rounds down, before 1970 too.
int64_t SecondsOf(int64_t micros) {
  return (micros >= 0 ? micros : micros - (kMicrosPerSecond - 1)) / kMicrosPerSecond;
}

}  // namespace

Rfc3339::Rfc3339(int64_t seconds_since_1970, int32_t nanos, Decimals decimals) {
  const int64_t days =
      (seconds_since_1970 >= 0 ? seconds_since_1970 : seconds_since_1970 - (kDay - 1)) / kDay;
  const int64_t second = seconds_since_1970 - days * kDay;
  const Day day = DayOf(days);
  char* at = Pair(day.year, Pair(day.year / 100, text_));
  at = Part('-', day.month, at);
  at = Part('-', day.day, at);
  at = Part('T', second / 3600, at);
  at = Part(':', second / 60 % 60, at);
  at = Part(':', second % 60, at);
  if (const int32_t micros = nanos / 1000; micros != 0 || decimals == Decimals::kAlways) {
    *at++ = '.';
    at = Pair(micros, Pair(micros / 100, Pair(micros / 10'000, at)));
  }
  *at++ = 'Z';
  size_ = static_cast<size_t>(at - text_);
}

Rfc3339::Rfc3339(absl::Time time, Decimals decimals)
    : Rfc3339(SecondsOf(absl::ToUnixMicros(time)),
              static_cast<int32_t>((absl::ToUnixMicros(time) -
                                    SecondsOf(absl::ToUnixMicros(time)) * kMicrosPerSecond) *
                                   1'000),
              decimals) {}

}  // namespace bitrade
