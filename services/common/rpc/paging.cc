#include "services/common/rpc/paging.h"

#include "absl/strings/escaping.h"
#include "services/common/base/id.h"
#include "services/common/base/status_macros.h"

namespace bitrade::rpc {
namespace {

constexpr int32_t kMaxLimit = 100;
constexpr int64_t kMaxDepth = 1'000;

}  // namespace

absl::StatusOr<PageRows> PageRowsOf(int32_t limit, int32_t page, absl::string_view cursor) {
  Violations violations;
  if (limit < 0 || limit > kMaxLimit) violations.Add("limit", "OUT_OF_RANGE", "1 to 100");
  if (page < 0) violations.Add("page", "OUT_OF_RANGE", "from 1");
  RETURN_IF_ERROR(violations.ToStatus());
  PageRows rows;
  if (limit != 0) rows.limit = limit;
  if (!cursor.empty()) {
    if (!absl::WebSafeBase64Unescape(cursor, &rows.before) || !IsUuid(rows.before)) {
      return Refuse(kCursorInvalid);
    }
  } else if (page > 1) {
    if (int64_t{page} * rows.limit > kMaxDepth) return Refuse(kUseCursor);
    rows.offset = (page - 1) * rows.limit;
  }
  return rows;
}

std::string CursorAfter(absl::string_view last_id) { return absl::WebSafeBase64Escape(last_id); }

}  // namespace bitrade::rpc
