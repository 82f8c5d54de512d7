// Faults to order: what the next calls of the relying-party interface suffer instead of, or before,
// their answer.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "absl/time/time.h"

namespace bitrade::eidsim {

struct Fault {
  int calls = 0;           // how many calls suffer it
  absl::Duration delay;    // before the answer
  int status = 0;          // answered instead; 0 leaves the answer alone
  std::string error_code;  // BankID's, with `status`; empty gives HTML as a front proxy does
  bool drop = false;       // the connection closes without an answer, and nothing is done
};

// Thread-safe.
class Faults {
 public:
  // Replaces what was set before; no calls clears it.
  void Set(const Fault& fault);

  // Returns what one call suffers, and counts it.
  std::optional<Fault> Take();

 private:
  std::mutex mutex_;
  Fault fault_;
};

}  // namespace bitrade::eidsim
