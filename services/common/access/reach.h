// A case system's reach as a condition of statements: a matter of another authority or category is
// not found, in the same statement that would have read or locked it.
#pragma once

#include "services/common/rpc/reach.h"

namespace bitrade::access {

using rpc::Reach;

// The columns `authority` and `category` of `table` are within reach; `authorities` and
// `categories` are the parameters that carry the lists of a Reach (postgres::ArrayParam). What has
// no authority, because it is not known yet, is within reach of nobody.
#define BITRADE_WITHIN_REACH(table, authorities, categories)                                      \
  "(" table ".authority <> '' AND ('*' = ANY (" authorities "::text[]) OR " table                 \
  ".authority = ANY (" authorities "::text[])) AND ('*' = ANY (" categories "::text[]) OR " table \
  ".category = ANY (" categories "::text[])))"

}  // namespace bitrade::access
