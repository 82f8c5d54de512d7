// RETURN_IF_ERROR and ASSIGN_OR_RETURN, with the names that newer Abseil gives them (20220623 has
// neither).
//
//   RETURN_IF_ERROR(CheckEtag(current, request.etag()));
//   ASSIGN_OR_RETURN(const Rate rate, FindRate(rates, day));
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define BITRADE_CONCAT_INNER(a, b) a##b
#define BITRADE_CONCAT(a, b) BITRADE_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                                           \
  do {                                                                        \
    if (::absl::Status bitrade_status = (expression); !bitrade_status.ok()) { \
      return bitrade_status;                                                  \
    }                                                                         \
  } while (false)

#define ASSIGN_OR_RETURN(declaration, expression) \
  BITRADE_ASSIGN_OR_RETURN(BITRADE_CONCAT(bitrade_or_, __LINE__), declaration, expression)

#define BITRADE_ASSIGN_OR_RETURN(temporary, declaration, expression) \
  auto temporary = (expression);                                     \
  if (!temporary.ok()) {                                             \
    return std::move(temporary).status();                            \
  }                                                                  \
  declaration = *std::move(temporary)
