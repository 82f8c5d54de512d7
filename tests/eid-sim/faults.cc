#include "tests/eid-sim/faults.h"

namespace bitrade::eidsim {

void Faults::Set(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
}

std::optional<Fault> Faults::Take(absl::string_view call) {
  const std::lock_guard lock(mutex_);
  if (fault_.calls <= 0 || (!fault_.on.empty() && fault_.on != call)) return std::nullopt;
  --fault_.calls;
  return fault_;
}

std::optional<Fault> Faults::TakeAtCompletion() {
  const std::lock_guard lock(mutex_);
  if (fault_.calls <= 0 || fault_.on != "complete") return std::nullopt;
  --fault_.calls;
  return fault_;
}

}  // namespace bitrade::eidsim
