// The relying-party interface of BankID, version 6: POST /rp/v6.0/auth, /collect and /cancel.
#pragma once

#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/orders.h"

namespace bitrade::eidsim {

// Answers as BankID does, faults first. Thread-safe.
class RpApi {
 public:
  RpApi(Orders& orders, Faults& faults) : orders_(orders), faults_(faults) {}

  HttpAnswer Answer(const HttpRequest& request);

 private:
  HttpAnswer Route(const HttpRequest& request);
  HttpAnswer Auth(const HttpRequest& request);
  HttpAnswer Collect(const HttpRequest& request);
  HttpAnswer Cancel(const HttpRequest& request);

  Orders& orders_;
  Faults& faults_;
};

}  // namespace bitrade::eidsim
