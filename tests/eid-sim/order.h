// One order of the simulated BankID, and what time and people make of it.
//
//   outstandingTransaction → userSign → complete
//   outstandingTransaction → started → userSign; any of them → failed
//
// Pure rules: every function takes the present, none reads a clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::eidsim {

constexpr absl::Duration kStartTime = absl::Seconds(30);       // unstarted, then startFailed
constexpr absl::Duration kSignTime = absl::Seconds(180);       // started, then expiredTransaction
constexpr absl::Duration kUnstartedKept = absl::Seconds(190);  // since creation
constexpr absl::Duration kCompleteKept = absl::Minutes(3);     // since completion
constexpr absl::Duration kFailedKept = absl::Minutes(5);       // since the failure
constexpr absl::Duration kCollectInterval = absl::Seconds(1);  // half of what the vendor advises

enum class OrderStatus { kPending, kFailed, kComplete };

// "pending", "failed", "complete".
absl::string_view Name(OrderStatus status);

// Who has a BankID, and of which kinds: "file", "card", "mobile".
struct Person {
  std::string personal_number;
  std::string name;
  std::string given_name;
  std::string surname;
  std::vector<std::string> kinds;
  std::string code;  // the security code; empty when any will do
};

// What the relying party asked for.
struct AuthRequest {
  std::string end_user_ip;
  std::string personal_number;        // empty: anybody
  std::vector<std::string> policies;  // empty: every kind
  bool return_risk = false;
};

// The four random names of an order.
struct OrderTokens {
  std::string order_ref;
  std::string auto_start_token;
  std::string qr_start_token;
  std::string qr_start_secret;
};

struct Order {
  OrderTokens tokens;
  std::string relying_party;  // SHA-256 of the client certificate that created it
  AuthRequest request;
  absl::Time create_time;

  OrderStatus status = OrderStatus::kPending;
  std::string hint = "outstandingTransaction";  // empty when complete
  Person person;                                // set once an app has the order
  std::string device_ip;
  int wrong_codes = 0;
  absl::Time start_time;                   // when an app took it; set unless outstandingTransaction
  absl::Time end_time;                     // set when not pending
  std::optional<absl::Time> collect_time;  // the last collect
  bool gone = false;                       // cancelled by the relying party, or its end collected
};

// Returns the order as it is at `now`: one that waited too long has failed at its limit.
Order AsOf(Order order, absl::Time now);

// Tells whether collect and cancel still know an order that AsOf has brought to `now`.
bool IsKnown(const Order& order, absl::Time now);

// Tells whether `person` can use the order: the right number, and a BankID of a wanted kind.
bool CanUse(const Order& order, const Person& person);

// Gives the order to the app of `person`, who now sees the code prompt.
void PickUp(Order& order, const Person& person, absl::string_view device_ip, absl::Time now);

// Lets the person enter `code`: the right one completes, the third wrong one fails the order. A
// person without a code of their own completes with any.
void EnterCode(Order& order, absl::string_view code, absl::Time now);

// Ends a pending order with a hint of BankID: "userCancel", "cancelled".
void Fail(Order& order, absl::string_view hint, absl::Time now);

}  // namespace bitrade::eidsim
