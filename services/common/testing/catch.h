// The one way to include Catch2, whose header moved between 2 (Debian 12) and 3 (Debian 13), and
// the vocabulary for checking statuses. No Catch matchers, no Approx: their names moved as well.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/error/error.h"

namespace bitrade::testing {

inline absl::StatusCode CodeOf(const absl::Status& status) { return status.code(); }
template <typename T>
absl::StatusCode CodeOf(const absl::StatusOr<T>& result) {
  return result.status().code();
}

template <typename T>
std::string ReasonOf(const absl::StatusOr<T>& result) {
  return bitrade::ReasonOf(result.status());
}
inline std::string ReasonOf(const absl::Status& status) { return bitrade::ReasonOf(status); }

inline std::string TextOf(const absl::Status& status) { return status.ToString(); }
template <typename T>
std::string TextOf(const absl::StatusOr<T>& result) {
  return result.status().ToString();
}

}  // namespace bitrade::testing

// Stops the test with the status' text unless the expression is OK.
#define REQUIRE_OK(expression)                      \
  do {                                              \
    const auto& bitrade_result = (expression);      \
    INFO(bitrade::testing::TextOf(bitrade_result)); \
    REQUIRE(bitrade_result.ok());                   \
  } while (false)
