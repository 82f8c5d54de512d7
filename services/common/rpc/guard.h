// The second of the three places where exceptions end: a use case that throws is a bug, answered
// INTERNAL.
#pragma once

#include <exception>

#include "absl/status/status.h"

namespace bitrade::rpc {

template <typename Work>
absl::Status Guarded(Work work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  }
}

}  // namespace bitrade::rpc
