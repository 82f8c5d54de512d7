#include "services/common/postgres/values.h"

#include <array>
#include <cstdint>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/common/base/rfc3339.h"

namespace bitrade::postgres {
namespace {

// Numbers at known places of a text. Rows are read by the thousand, and a general parser of times
// costs ten times as much.
class Numbers {
 public:
  explicit Numbers(absl::string_view text) : text_(text) {}

  // The number that `count` digits at `at` are. Precondition: they are within the text.
  int At(size_t at, size_t count) {
    int number = 0;
    for (const char c : text_.substr(at, count)) {
      const auto digit = static_cast<unsigned char>(c - '0');
      well_formed_ &= digit <= 9;
      number = number * 10 + digit;
    }
    return number;
  }
  // Whether all characters that were read were digits.
  bool well_formed() const { return well_formed_; }

 private:
  absl::string_view text_;
  bool well_formed_ = true;
};

constexpr absl::Time kFirstTime = absl::FromUnixSeconds(kFirstRfc3339Second);
constexpr absl::Time kEndOfTime = absl::FromUnixSeconds(kLastRfc3339Second + 1);

constexpr uint8_t kNoNibble = 0xFF;

// The value of each character as a hexadecimal digit.
constexpr std::array<uint8_t, 256> Nibbles() {
  std::array<uint8_t, 256> nibbles{};
  for (uint8_t& nibble : nibbles) nibble = kNoNibble;
  for (uint8_t i = 0; i < 16; ++i) nibbles[static_cast<uint8_t>("0123456789abcdef"[i])] = i;
  return nibbles;
}

constexpr size_t kDaySize = sizeof "YYYY-MM-DD" - 1;

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  if (text.size() != kDaySize) return std::nullopt;
  Numbers numbers(text);
  const int year = numbers.At(0, 4), month = numbers.At(5, 2), day = numbers.At(8, 2);
  if (!numbers.well_formed()) return std::nullopt;
  return absl::CivilDay(year, month, day);
}

// Microseconds: of ".5" to ".123456", or of nothing at all.
std::optional<int64_t> ParseFraction(absl::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != '.' || text.size() > 7) return std::nullopt;
  Numbers numbers(text);
  int64_t micros = numbers.At(1, text.size() - 1);
  if (!numbers.well_formed()) return std::nullopt;
  for (size_t i = text.size(); i < 7; ++i) micros *= 10;
  return micros;
}

// Copied whole where nothing needs an escape, as in ids, of which a row of the audit has many.
void AppendEscaped(absl::string_view value, std::string& literal) {
  if (value.find('"') == value.npos && value.find('\\') == value.npos) {
    literal.append(value.data(), value.size());
    return;
  }
  for (const char c : value) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
}

// As PostgreSQL writes it in a session in UTC: "2026-03-02 10:00:00.5+00".
std::optional<absl::Time> ParseTime(absl::string_view text) {
  constexpr size_t kSecondsSize = sizeof "YYYY-MM-DD hh:mm:ss" - 1;
  if (!absl::ConsumeSuffix(&text, "+00") || text.size() < kSecondsSize) return std::nullopt;
  const auto day = ParseDay(text.substr(0, kDaySize));
  const auto micros = ParseFraction(text.substr(kSecondsSize));
  Numbers numbers(text);
  const int64_t hour = numbers.At(11, 2), minute = numbers.At(14, 2), second = numbers.At(17, 2);
  if (!day || !micros || !numbers.well_formed()) return std::nullopt;
  const int64_t seconds = (*day - absl::CivilDay()) * 86'400 + hour * 3'600 + minute * 60 + second;
  return absl::FromUnixMicros(seconds * 1'000'000 + *micros);
}

}  // namespace

std::string TimeParam(absl::Time time) {
  if (time == absl::InfiniteFuture()) return "infinity";
  if (time == absl::InfinitePast()) return "-infinity";
  if (time < kFirstTime || time >= kEndOfTime)
    throw std::runtime_error("not in the years 1 to 9999");
  return std::string(Rfc3339(time, Decimals::kWhereNeeded).text());
}

std::optional<std::string> TimeParam(const std::optional<absl::Time>& time) {
  if (!time) return std::nullopt;
  return TimeParam(*time);
}

absl::Time ReadTime(const pqxx::field& field) {
  const absl::string_view text(field.c_str(), field.size());
  if (text == "infinity") return absl::InfiniteFuture();
  if (text == "-infinity") return absl::InfinitePast();
  const std::optional<absl::Time> time = ParseTime(text);
  if (!time)
    throw std::runtime_error("not a timestamptz of a session in UTC: " + std::string(text));
  return *time;
}

std::optional<absl::Time> ReadOptionalTime(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ReadTime(field);
}

std::string DateParam(absl::CivilDay day) { return absl::FormatCivilTime(day); }

std::optional<std::string> DateParam(const std::optional<absl::CivilDay>& day) {
  if (!day) return std::nullopt;
  return DateParam(*day);
}

absl::CivilDay ReadDate(const pqxx::field& field) {
  const std::optional<absl::CivilDay> day = ParseDay({field.c_str(), field.size()});
  if (!day) throw std::runtime_error(std::string("not a date: ") + field.c_str());
  return *day;
}

std::optional<absl::CivilDay> ReadOptionalDate(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ReadDate(field);
}

Binary Bytea(absl::string_view bytes) { return MakeBinary(bytes); }
// By a table and in one pass: libpq's own reader takes a quarter of the time of a download.
std::string ReadBytes(const pqxx::field& field) {
  static constexpr std::array<uint8_t, 256> kNibbles = Nibbles();
  absl::string_view text(field.c_str(), field.size());
  if (text.empty()) return {};  // NULL
  if (!absl::ConsumePrefix(&text, "\\x")) throw std::runtime_error("not a bytea in hexadecimal");
  std::string bytes(text.size() / 2, '\0');
  uint8_t seen = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint8_t high = kNibbles[static_cast<uint8_t>(text[2 * i])];
    const uint8_t low = kNibbles[static_cast<uint8_t>(text[2 * i + 1])];
    seen |= static_cast<uint8_t>(high | low);
    bytes[i] = static_cast<char>(high << 4 | low);
  }
  if (seen == kNoNibble) throw std::runtime_error("not a bytea in hexadecimal");
  return bytes;
}

std::string ArrayParam(const std::vector<std::string>& values) {
  std::string literal = "{";
  for (const std::string& value : values) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    AppendEscaped(value, literal);
    literal += '"';
  }
  return literal + "}";
}

std::vector<std::string> ReadArray(const pqxx::field& field) {
  std::vector<std::string> values;
  pqxx::array_parser parser = field.as_array();
  for (auto [what, value] = parser.get_next(); what != pqxx::array_parser::done;
       std::tie(what, value) = parser.get_next()) {
    if (what == pqxx::array_parser::string_value) values.push_back(value);
  }
  return values;
}

std::optional<std::string> NullIfEmpty(absl::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::string TextOrEmpty(const pqxx::field& field) {
  return field.is_null() ? std::string() : std::string(field.c_str(), field.size());
}

}  // namespace bitrade::postgres
