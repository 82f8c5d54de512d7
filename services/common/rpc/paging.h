// Pages of lists: numbered ones to a depth that offsets can bear, and cursors, which go on after
// the last row seen at the same price however deep.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::rpc {

inline const Reason kUseCursor{
    "USE_CURSOR",
    absl::StatusCode::kInvalidArgument,
    {"Use the cursor", "Numbered pages reach 1 000 rows. Follow the next link instead."},
    {"Använd länken till nästa sida",
     "Numrerade sidor når 1 000 rader. Följ länken till nästa sida i stället."}};

inline const Reason kCursorInvalid{
    "CURSOR_INVALID",
    absl::StatusCode::kInvalidArgument,
    {"Cursor not valid", "The cursor did not come from this list. Begin with the first page."},
    {"Ogiltig markör", "Markören kommer inte från den här listan. Börja med första sidan."}};

// Which rows of a list whose order ends with the rows' ids, descending.
struct PageRows {
  int32_t limit = 20;
  int32_t offset = 0;
  // Rows come before this id; the greatest UUID for a page without a cursor.
  std::string before = "ffffffff-ffff-ffff-ffff-ffffffffffff";
};

// Returns the rows that a request asks for: `limit` 1 to 100, 0 for 20; `page` from 1, 0 for the
// first; `cursor` wins over `page`.
//
// Errors: INVALID_REQUEST, USE_CURSOR for rows beyond the first 1 000, CURSOR_INVALID.
absl::StatusOr<PageRows> PageRowsOf(int32_t limit, int32_t page, absl::string_view cursor);

// Returns the cursor that goes on after the row `last_id`, a UUID.
std::string CursorAfter(absl::string_view last_id);

}  // namespace bitrade::rpc
