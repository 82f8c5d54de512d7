// A row's columns one after the other, for rows that are read by the thousand: by its index, each
// column would cost libpqxx two reference counts.
//
//   Fields fields(row);
//   const Thing thing{.id = fields.Text(), .day = postgres::ReadDate(fields.Next())};
//
// A braced initializer evaluates its parts in their order.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/common/postgres/compat.h"

namespace bitrade::postgres {

// Used while the result that the row is of lives.
class Fields {
 public:
  explicit Fields(const pqxx::row& row) : next_(row.begin()) {}

  // Returns the next column; it holds until the next call.
  const pqxx::field& Next() {
    if (begun_) ++next_;
    begun_ = true;
    return next_;
  }
  // Returns the next column's text, empty for NULL.
  absl::string_view View() {
    const pqxx::field& field = Next();
    return {field.c_str(), field.size()};
  }
  std::string Text() { return std::string(View()); }

 private:
  pqxx::const_row_iterator next_;
  bool begun_ = false;
};

}  // namespace bitrade::postgres
