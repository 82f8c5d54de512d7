// Faults of whole endpoints, to order: what their next calls suffer.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/eid-sim/http.h"

namespace bitrade::eidsim::oidc {

struct EndpointFault {
  int calls = 0;           // how many calls suffer it
  std::string on;          // "discovery", "jwks", "authorize", "token", "userinfo"; empty: any
  absl::Duration delay;    // before the answer
  int status = 0;          // answered instead; 0 leaves the answer alone
  std::string error_code;  // OAuth's, with `status`; empty gives HTML
  bool drop = false;       // the connection closes without an answer, and nothing is done
  std::string spoil;       // one of Spoilings(), done to the proper answer
};

// "redirect", "oversize", "notJson"; "otherIssuer" and "plainEndpoints" of the discovery document;
// "noKeys" of the JWKS.
std::vector<absl::string_view> Spoilings();
std::vector<absl::string_view> Endpoints();

// Thread-safe.
class EndpointFaults {
 public:
  // Replaces what was set before; no calls clears it.
  void Set(const EndpointFault& fault);

  // Returns what a call of `endpoint` suffers, and counts it.
  std::optional<EndpointFault> Take(absl::string_view endpoint);

 private:
  std::mutex mutex_;
  EndpointFault fault_;
};

// Returns what is answered at once instead of the proper answer, if anything.
std::optional<HttpAnswer> AnswerInstead(const EndpointFault& fault);

// Does to a proper answer what the fault says.
void Spoil(const EndpointFault& fault, HttpAnswer& answer);

}  // namespace bitrade::eidsim::oidc
