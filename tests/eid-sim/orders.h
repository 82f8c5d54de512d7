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

// Thread-safe.
class Orders {
 public:
  explicit Orders(const Clock& clock) : clock_(clock) {}

  // ---- what a relying party does ----

  // Begins an order. A person who was named and has an order already is refused.
  absl::StatusOr<Order> Create(const RelyingParty& relying_party, const OrderRequest& request);

  // Returns how far an order of the certificate with this fingerprint is; its end is told once. An
  // order in progress may be asked for once per kCollectInterval.
  absl::StatusOr<Order> Collect(absl::string_view fingerprint, absl::string_view order_ref);

  absl::Status Cancel(absl::string_view fingerprint, absl::string_view order_ref);

  // ---- what a person does with the app ----

  // Enters a person, or changes one who is known; that unblocks.
  void PutPerson(const Person& person);

  std::vector<Person> Persons();

  // Takes an order by its QR code, with Mobile BankID. Errors: INVALID_ARGUMENT for a forged code,
  // NOT_FOUND for an order or person that there is not, FAILED_PRECONDITION for a stale code, for
  // an order that an app has already, and for a person who cannot use it.
  absl::StatusOr<Order> Scan(absl::string_view qr, const Device& device);

  // Takes an order as if its present QR code were scanned. Errors as of Scan.
  absl::StatusOr<Order> Choose(absl::string_view auto_start_token, const Device& device);

  // Takes an order by the link on the same device. The order stays in "started" when the person
  // cannot use it. Errors: NOT_FOUND, FAILED_PRECONDITION.
  absl::StatusOr<Order> AutoStart(absl::string_view auto_start_token, const Device& device);

  // Each returns the order as it is then. Errors: NOT_FOUND, FAILED_PRECONDITION for an order that
  // asks for no such thing now.
  absl::StatusOr<Order> ReadDocument(absl::string_view auto_start_token, bool success);
  absl::StatusOr<Order> Approve(absl::string_view auto_start_token, const Approval& approval);
  absl::Status Approve(absl::string_view auto_start_token, absl::string_view code);
  absl::Status UserCancel(absl::string_view auto_start_token);

  // ---- what a test does ----

  // Fails a pending order with any hint. Errors: NOT_FOUND, FAILED_PRECONDITION.
  absl::Status Fail(absl::string_view auto_start_token, absl::string_view hint);

  // How long a started order waits for the person; kSignTime to begin with.
  void SetSignTime(absl::Duration sign_time);

  // Moves the orders' clock forward, and no other: see SharedTime.
  void AdvanceClock(absl::Duration step);

  // The time that relying parties have as well, whatever AdvanceClock has added: evidence bears it.
  absl::Time SharedTime() const { return clock_.TimeNow(); }

  // Returns the orders that are still known.
  std::vector<Order> Known();

 private:
  absl::Time Present() const { return clock_.TimeNow() + offset_; }
  absl::StatusOr<Order*> Find(const std::function<bool(const Order&)>& wanted);
  absl::StatusOr<Order*> ByToken(absl::string_view auto_start_token);
  absl::StatusOr<Order*> OfRelyingParty(absl::string_view fingerprint, absl::string_view order_ref);
  absl::StatusOr<Order*> WithPrompt(absl::string_view auto_start_token, absl::string_view hint);
  absl::StatusOr<Person> FindPerson(const std::string& personal_number) const;
  absl::StatusOr<Order> TakeByCamera(Order& order, const Device& device);
  void Take(Order& order, const Person& person, const Device& device);
  void EndOthersOf(const Order& taken);
  void Refresh();

  const Clock& clock_;
  std::mutex mutex_;
  absl::Duration offset_;
  absl::Duration sign_time_ = kSignTime;
  std::map<std::string, Person> persons_;
  std::map<std::string, Order> orders_;  // by order_ref
};

}  // namespace bitrade::eidsim
