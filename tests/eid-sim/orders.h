// All orders and persons of the simulator, under one lock and one movable clock.
//
// Errors carry what the interfaces answer: INVALID_ARGUMENT is BankID's invalidParameters,
// ALREADY_EXISTS its alreadyInProgress, RESOURCE_EXHAUSTED its tooManyRequests.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// The app that takes an order: whose it is, and from where BankID sees it.
struct Device {
  std::string personal_number;
  std::string ip;
};

// Thread-safe.
class Orders {
 public:
  explicit Orders(const Clock& clock) : clock_(clock) {}

  // ---- what a relying party does ----

  // Begins an order. A person who was named and has an order in an app already is refused.
  absl::StatusOr<Order> Create(absl::string_view relying_party, const AuthRequest& request);

  // Returns how far an order is; its end is told once. An order in progress may be asked for once
  // per kCollectInterval.
  absl::StatusOr<Order> Collect(absl::string_view relying_party, absl::string_view order_ref);

  absl::Status Cancel(absl::string_view relying_party, absl::string_view order_ref);

  // ---- what a person does with the app ----

  void PutPerson(const Person& person);

  // Takes an order by its QR code. Errors: INVALID_ARGUMENT for a forged code, NOT_FOUND for an
  // order or person that there is not, FAILED_PRECONDITION for a stale code, for an order that an
  // app has already, and for a person who cannot use it.
  absl::StatusOr<Order> Scan(absl::string_view qr, const Device& device);

  // Takes an order by the link on the same device. The order stays in "started" when the person
  // cannot use it. Errors: NOT_FOUND, FAILED_PRECONDITION.
  absl::StatusOr<Order> AutoStart(absl::string_view auto_start_token, const Device& device);

  // Errors of both: NOT_FOUND, FAILED_PRECONDITION for an order that asks for no code now.
  absl::Status Approve(absl::string_view auto_start_token, absl::string_view code);
  absl::Status UserCancel(absl::string_view auto_start_token);

  // ---- what a test does ----

  // Moves the simulator's clock forward.
  void AdvanceClock(absl::Duration step);

  // Returns the orders that are still known.
  std::vector<Order> Known();

 private:
  absl::Time Now() const { return clock_.TimeNow() + offset_; }
  absl::StatusOr<Order*> Find(const std::function<bool(const Order&)>& wanted);
  absl::StatusOr<Order*> OfRelyingParty(absl::string_view relying_party,
                                        absl::string_view order_ref);
  absl::StatusOr<Order*> WithCodePrompt(absl::string_view auto_start_token);
  absl::StatusOr<Person> FindPerson(const std::string& personal_number) const;
  void EndOthersOf(const Order& taken);
  void Refresh();

  const Clock& clock_;
  std::mutex mutex_;
  absl::Duration offset_;
  std::map<std::string, Person> persons_;
  std::map<std::string, Order> orders_;  // by order_ref
};

}  // namespace bitrade::eidsim
