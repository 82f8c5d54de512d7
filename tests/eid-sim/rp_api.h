// The relying-party interface of BankID, version 6: POST /rp/v6.0/auth, /sign, /collect, /cancel.
#pragma once

#include <atomic>
#include <optional>

#include "tests/eid-sim/evidence.h"
#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/orders.h"

namespace bitrade::eidsim {

// Answers as BankID does, faults first. Thread-safe.
class RpApi {
 public:
  RpApi(Orders& orders, Faults& faults, SigningAuthority& authority)
      : orders_(orders), faults_(faults), evidence_(authority) {}

  HttpAnswer Answer(const HttpRequest& request);

  // What becomes of request members that BankID does not have; refused to begin with.
  void SetUnknownMembers(UnknownMembers unknown) { unknown_ = unknown; }

 private:
  HttpAnswer Perform(absl::string_view call, const HttpRequest& request,
                     const std::optional<Fault>& fault);
  HttpAnswer Begin(const HttpRequest& request, OrderKind kind);
  HttpAnswer Collect(const HttpRequest& request, const std::optional<Fault>& fault);
  HttpAnswer Told(Order order, const std::optional<Fault>& fault);
  HttpAnswer Cancel(const HttpRequest& request);
  absl::StatusOr<std::string> ReadOrderRef(const std::string& text) const;

  Orders& orders_;
  Faults& faults_;
  EvidenceMaker evidence_;
  std::atomic<UnknownMembers> unknown_ = UnknownMembers::kRefuse;
};

}  // namespace bitrade::eidsim
