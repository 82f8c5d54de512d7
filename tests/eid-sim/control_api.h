// The control interface, for tests and developers alone: persons, what they do with the app, faults
// and the clock.
//
//   PUT  /sim/v1/persons/{personal number}   {name, givenName, surname, kinds?, code?}
//   POST /sim/v1/scan                        {qr, personalNumber, ip} → {autoStartToken}
//   POST /sim/v1/autostart                   {autoStartToken, personalNumber, ip}
//   GET  /sim/v1/orders
//   POST /sim/v1/orders/{token}/approve      {code?}
//   POST /sim/v1/orders/{token}/cancel       {}
//   PUT  /sim/v1/faults                      {calls, delayMs?, status?, errorCode?, drop?}
//   POST /sim/v1/clock/advance               {ms}
//
// {token} is the order's autoStartToken. Refusals are 400, 404 and 409 with {"error": text}.
#pragma once

#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/orders.h"

namespace bitrade::eidsim {

// Thread-safe.
class ControlApi {
 public:
  ControlApi(Orders& orders, Faults& faults) : orders_(orders), faults_(faults) {}

  HttpAnswer Answer(const HttpRequest& request);

 private:
  absl::StatusOr<std::string> Route(const HttpRequest& request);
  absl::StatusOr<std::string> PutPerson(absl::string_view number, absl::string_view text);
  absl::StatusOr<std::string> Scan(absl::string_view text);
  absl::StatusOr<std::string> AutoStart(absl::string_view text);
  absl::StatusOr<std::string> Approve(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> Cancel(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> SetFault(absl::string_view text);
  absl::StatusOr<std::string> AdvanceClock(absl::string_view text);
  std::string List();

  Orders& orders_;
  Faults& faults_;
};

}  // namespace bitrade::eidsim
