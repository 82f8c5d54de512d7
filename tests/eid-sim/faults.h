// Faults to order: what the next calls of the relying-party interface suffer instead of, before or
// after their answer.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::eidsim {

struct Fault {
  int calls = 0;           // how many calls suffer it
  absl::Duration delay;    // before the answer
  int status = 0;          // answered instead; 0 leaves the answer alone
  std::string error_code;  // BankID's, with `status`; empty gives HTML as a front proxy does
  bool drop = false;       // the connection closes without an answer, and nothing is done
  bool lost = false;       // it is done, but the connection closes before the answer
  std::string hint;        // instead of the hint that a collect would tell
  std::string risk;        // instead of the risk that a completion would tell
  // Which call: "auth", "sign", "collect", "cancel", or "complete" for the collect that tells of a
  // completion; empty strikes any. "complete" knows `delay`, `lost` and `risk` alone.
  std::string on;
};

// Thread-safe.
class Faults {
 public:
  // Replaces what was set before; no calls clears it.
  void Set(const Fault& fault);

  // Returns what `call` suffers, and counts it.
  std::optional<Fault> Take(absl::string_view call);

  // Returns what a collect that tells of a completion suffers when the fault waits for that, and
  // counts it.
  std::optional<Fault> TakeAtCompletion();

 private:
  std::mutex mutex_;
  Fault fault_;
};

}  // namespace bitrade::eidsim
