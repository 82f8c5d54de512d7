// Numbered pages of lists.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"

namespace bitrade::billing {

// Which rows of a list.
struct Rows {
  int32_t limit = 20;
  int64_t offset = 0;
};

// Returns the rows of page `page`, from 1, of `limit` rows each, 1 to 100; 0 stands for the
// default. Errors: INVALID_REQUEST.
absl::StatusOr<Rows> RowsOf(int32_t limit, int32_t page);

}  // namespace bitrade::billing
