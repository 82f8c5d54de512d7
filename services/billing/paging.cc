#include "services/billing/paging.h"

#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"

namespace bitrade::billing {

absl::StatusOr<Rows> RowsOf(int32_t limit, int32_t page) {
  Violations violations;
  if (limit < 0 || limit > 100) violations.Add("limit", "OUT_OF_RANGE", "1 to 100");
  if (page < 0) violations.Add("page", "OUT_OF_RANGE", "from 1");
  RETURN_IF_ERROR(violations.ToStatus());
  Rows rows;
  if (limit != 0) rows.limit = limit;
  if (page != 0) rows.offset = (int64_t{page} - 1) * rows.limit;
  return rows;
}

}  // namespace bitrade::billing
