// The control interface, for tests and developers alone: persons, what they do with the app, faults
// and the clock. GET / is a page on which a developer plays the phone.
//
//   PUT  /sim/v1/persons/{personal number}   {name, givenName, surname, kinds?, code?, blocked?,
//                                             uhi?, os?, risk?}
//   GET  /sim/v1/persons
//   POST /sim/v1/scan                        {qr, personalNumber, ip}
//   POST /sim/v1/autostart                   {autoStartToken, personalNumber, ip, kind?}
//   GET  /sim/v1/orders
//   POST /sim/v1/orders/{token}/scan         {personalNumber, ip}: the code that is shown now
//   POST /sim/v1/orders/{token}/document     {read?}
//   POST /sim/v1/orders/{token}/approve      {code?, risk?, evidence?, processingMs?}
//   POST /sim/v1/orders/{token}/cancel       {}
//   POST /sim/v1/orders/{token}/fail         {hintCode}
//   PUT  /sim/v1/faults                      {calls, on?, delayMs?, status?, errorCode?, drop?,
//                                             lost?, hintCode?, risk?}
//   PUT  /sim/v1/settings                    {signSeconds?, ignoreUnknownMembers?}
//   POST /sim/v1/clock/advance               {ms}
//
// {token} is the order's autoStartToken. What a person does answers with autoStartToken, status,
// hintCode, wrongCodes and, where the app now opens it, the returnUrl. Of each order the list has
// also the collectTimes, those that came too early included. Refusals are 400, 404 and 409 with
// {"error": text}. `evidence` takes the names of evidence_fault.h.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/orders.h"
#include "tests/eid-sim/rp_api.h"

namespace bitrade::eidsim {

// Thread-safe.
class ControlApi {
 public:
  ControlApi(Orders& orders, Faults& faults, RpApi& rp_api)
      : orders_(orders), faults_(faults), rp_api_(rp_api) {}

  HttpAnswer Answer(const HttpRequest& request);

 private:
  absl::StatusOr<std::string> Route(const HttpRequest& request);
  absl::StatusOr<std::string> RouteOrder(absl::string_view token, absl::string_view action,
                                         absl::string_view body);
  absl::StatusOr<std::string> PutPerson(absl::string_view number, absl::string_view text);
  absl::StatusOr<std::string> Scan(absl::string_view text);
  absl::StatusOr<std::string> Choose(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> AutoStart(absl::string_view text);
  absl::StatusOr<std::string> ReadDocument(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> Approve(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> Cancel(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> Fail(absl::string_view token, absl::string_view text);
  absl::StatusOr<std::string> SetFault(absl::string_view text);
  absl::StatusOr<std::string> Set(absl::string_view text);
  absl::StatusOr<std::string> AdvanceClock(absl::string_view text);

  Orders& orders_;
  Faults& faults_;
  RpApi& rp_api_;
};

}  // namespace bitrade::eidsim
