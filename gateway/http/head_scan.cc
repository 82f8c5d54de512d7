#include "gateway/http/head_scan.h"

namespace bitrade::gateway::http {

HeadScan::Verdict HeadScan::Continue(absl::string_view bytes) {
  for (;;) {
    const bool folded =
        line_ > 0 && line_ < bytes.size() && (bytes[line_] == ' ' || bytes[line_] == '\t');
    if (folded) return Verdict::kMalformed;
    const size_t end = bytes.find('\n', scanned_);
    if (end == absl::string_view::npos) {
      scanned_ = bytes.size();
      return Verdict::kIncomplete;
    }
    if (end == line_ || bytes[end - 1] != '\r') return Verdict::kMalformed;
    const bool empty = end == line_ + 1;
    line_ = scanned_ = end + 1;
    if (empty) return Verdict::kComplete;
  }
}

}  // namespace bitrade::gateway::http
