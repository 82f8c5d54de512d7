// Finds the end of a request's head in bytes that arrive in pieces, and refuses the two kinds of
// line that a lenient reader would understand differently: one that ends without CR, and one that
// continues the line before (obs-fold).
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bitrade::gateway::http {

class HeadScan {
 public:
  enum class Verdict { kIncomplete, kComplete, kMalformed };

  // Goes on where the last call stopped. `bytes` starts where the head starts and has at least
  // the bytes of the last call.
  Verdict Continue(absl::string_view bytes);

  // Tells the size of the head with its empty line, after kComplete.
  size_t size() const { return line_; }

 private:
  size_t line_ = 0;     // where the current line starts
  size_t scanned_ = 0;  // no line ends in [line_, scanned_)
};

}  // namespace bitrade::gateway::http
