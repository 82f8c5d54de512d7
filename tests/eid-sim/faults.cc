#include "tests/eid-sim/faults.h"

namespace bitrade::eidsim {

void Faults::Set(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
}

std::optional<Fault> Faults::Take() {
  const std::lock_guard lock(mutex_);
  if (fault_.calls <= 0) return std::nullopt;
  --fault_.calls;
  return fault_;
}

}  // namespace bitrade::eidsim
