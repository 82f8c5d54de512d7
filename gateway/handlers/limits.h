// How often a browser or a person may begin what costs: log-ins, looks at them, signatures.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class RateLimits;
struct Route;

// Each begun log-in and signature costs what the agreement with BankID says; `login_all` bounds
// that, whoever begins them.
struct Rates {
  int login_minute = 10;         // log-ins begun in one network
  int login_hour = 60;           // the same in an hour
  int login_device_minute = 5;   // log-ins begun by one browser
  int login_all_minute = 600;    // log-ins begun by anybody
  int login_look_second = 2;     // looks at one log-in
  int login_return_minute = 60;  // returns from an app or another page, in one network
  int logout_minute = 600;       // words of a provider that sessions have ended, from one network
  int signature_minute = 10;     // signatures begun by one person
};

// Returns `handler` behind the limits of `route`; as it is where there are none. `limits` must
// outlive it. What is beyond them is refused with RATE_LIMITED, and, but for returns and
// a provider's words, with UNAVAILABLE while nobody counts.
Handler Limited(const Route& route, const Rates& rates, RateLimits& limits, Handler handler);

}  // namespace bitrade::gateway
