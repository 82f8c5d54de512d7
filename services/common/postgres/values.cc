#include "services/common/postgres/values.h"

#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bitrade::postgres {

std::string TimeParam(absl::Time time) {
  if (time == absl::InfiniteFuture()) return "infinity";
  if (time == absl::InfinitePast()) return "-infinity";
  return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

std::optional<std::string> TimeParam(const std::optional<absl::Time>& time) {
  if (!time) return std::nullopt;
  return TimeParam(*time);
}

absl::Time ReadTime(const pqxx::field& field) {
  const absl::string_view text(field.c_str(), field.size());
  if (text == "infinity") return absl::InfiniteFuture();
  if (text == "-infinity") return absl::InfinitePast();
  absl::Time time;
  std::string error;
  // PostgreSQL writes "2026-03-02 10:00:00.5+00": hours alone as offset, which %Ez does not take.
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%E*S%Ez", absl::StrCat(text, ":00"), &time, &error)) {
    throw std::runtime_error("not a timestamptz of a session in UTC: " + std::string(text));
  }
  return time;
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
  absl::CivilDay day;
  if (!absl::ParseCivilTime(field.c_str(), &day)) {
    throw std::runtime_error(std::string("not a date: ") + field.c_str());
  }
  return day;
}

std::optional<absl::CivilDay> ReadOptionalDate(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ReadDate(field);
}

Binary Bytea(absl::string_view bytes) { return MakeBinary(bytes); }
std::string ReadBytes(const pqxx::field& field) { return BinaryText(field); }

std::string ArrayParam(const std::vector<std::string>& values) {
  std::string literal = "{";
  for (const std::string& value : values) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
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
