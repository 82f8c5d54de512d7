// Values on their way into statements and out of rows. Instants travel as text in UTC with
// microseconds, which is what `timestamptz` keeps; days as ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/common/postgres/compat.h"

namespace bitrade::postgres {

// A `timestamptz` parameter. InfiniteFuture and InfinitePast become 'infinity' and '-infinity'.
std::string TimeParam(absl::Time time);
std::optional<std::string> TimeParam(const std::optional<absl::Time>& time);
// Precondition: the field is a `timestamptz` that is not NULL.
absl::Time ReadTime(const pqxx::field& field);
std::optional<absl::Time> ReadOptionalTime(const pqxx::field& field);

// A `date` parameter.
std::string DateParam(absl::CivilDay day);
std::optional<std::string> DateParam(const std::optional<absl::CivilDay>& day);
absl::CivilDay ReadDate(const pqxx::field& field);
std::optional<absl::CivilDay> ReadOptionalDate(const pqxx::field& field);

// A `bytea` parameter, and back.
Binary Bytea(absl::string_view bytes);
std::string ReadBytes(const pqxx::field& field);

// A `text[]` or `uuid[]` parameter, as PostgreSQL's array literal.
std::string ArrayParam(const std::vector<std::string>& values);
// Reads a one-dimensional array.
std::vector<std::string> ReadArray(const pqxx::field& field);

// NULL for an empty text.
std::optional<std::string> NullIfEmpty(absl::string_view text);
// An empty text for NULL.
std::string TextOrEmpty(const pqxx::field& field);

}  // namespace bitrade::postgres
