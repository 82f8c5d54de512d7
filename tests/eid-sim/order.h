// One order of the simulated BankID, and what time and people make of it.
//
//   outstandingTransaction → [userMrtd] → userSign → [processing] → complete
//   outstandingTransaction → started, when the app finds no BankID that may be used
//   any of them → failed
//
// Pure rules: every function takes the present, none reads a clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/eid-sim/evidence_fault.h"
#include "tests/eid-sim/relying_party.h"

namespace bitrade::eidsim {

constexpr absl::Duration kStartTime = absl::Seconds(30);       // unstarted, then startFailed
constexpr absl::Duration kSignTime = absl::Seconds(180);       // started, then expiredTransaction
constexpr absl::Duration kUnstartedKept = absl::Seconds(190);  // since creation
constexpr absl::Duration kCompleteKept = absl::Minutes(3);     // since completion
constexpr absl::Duration kFailedKept = absl::Minutes(5);       // since the failure
constexpr absl::Duration kCollectInterval = absl::Seconds(1);  // half of what the vendor advises

enum class OrderKind { kAuth, kSign };
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
  std::string code;          // the security code; empty when any will do
  bool blocked = false;      // no kind can be used any more
  std::string uhi;           // of the device; one is made up when empty
  std::string os;            // "IOS", "ANDROID", "OS_X", "WIN"; empty: what fits the kind
  std::string risk = "low";  // "moderate", "high"; "none" when it cannot be calculated
};

// The device's hardware identifier, as BankID tells it.
std::string UhiOf(const Person& person);

// What the relying party asked for.
struct OrderRequest {
  std::string end_user_ip;
  std::string personal_number;        // empty: anybody
  std::vector<std::string> policies;  // empty: every kind
  bool return_risk = false;
  OrderKind kind = OrderKind::kAuth;
  bool mrtd = false;         // an identity document must be read
  std::string risk_limit;    // "low", "moderate"; empty: no limit
  std::string visible_data;  // base64, as it was sent
  std::string non_visible_data;
  bool markdown = false;
  std::string return_url;
};

// The four random names of an order.
struct OrderTokens {
  std::string order_ref;
  std::string auto_start_token;
  std::string qr_start_token;
  std::string qr_start_secret;
};

// The app that takes an order: whose it is, from where BankID sees it, and with which kind of
// BankID; the first kind that may be used when empty.
struct Device {
  std::string personal_number;
  std::string ip;
  std::string kind;
};

// What the person enters, and what shall become of it.
struct Approval {
  std::string code;
  std::string risk;  // instead of the person's
  EvidenceFault evidence = EvidenceFault::kNone;
  absl::Duration processing;  // between the code and the completion
};

struct Order {
  OrderTokens tokens;
  RelyingParty relying_party;
  OrderRequest request;
  absl::Time create_time;

  OrderStatus status = OrderStatus::kPending;
  std::string hint = "outstandingTransaction";  // empty when complete
  Person person;                                // set once an app has the order
  std::string bankid_kind;                      // with what the person answers
  std::string device_ip;
  bool auto_started = false;  // by the link on the same device
  std::optional<bool> mrtd_read;
  int wrong_codes = 0;
  Approval approval;
  absl::Time start_time;                   // when an app took it; set unless outstandingTransaction
  absl::Time complete_time;                // when processing ends
  absl::Time end_time;                     // set when not pending
  std::optional<absl::Time> collect_time;  // the last collect that was answered
  std::vector<absl::Time> collect_times;   // of all of them, those that came too early as well
  bool gone = false;                       // cancelled by the relying party, or its end collected
};

// Returns the order as it is at `now`: one that waited too long has failed at its limit. A started
// one has `sign_time`.
Order AsOf(Order order, absl::Time now, absl::Duration sign_time = kSignTime);

// Tells whether collect and cancel still know an order that AsOf has brought to `now`.
bool IsKnown(const Order& order, absl::Time now);

// Returns the kind of BankID with which `person` can use the order, which must be `wanted` unless
// that is empty; nothing for another person than the one named and for kinds that the relying party
// does not take.
std::optional<std::string> UsableKind(const Order& order, const Person& person,
                                      absl::string_view wanted = "");

// Gives the order to the app of `person`, who answers with the kind of `device`. Whose BankID is
// blocked fails the order.
void PickUp(Order& order, const Person& person, const Device& device, absl::Time now);

// Ends the reading of an identity document, which succeeded or not; the code prompt follows.
void ReadDocument(Order& order, bool success);

// Lets the person enter a code: the right one completes the order, or blocks it for its risk; the
// third wrong one fails it. A person without a code of their own completes with any.
void Approve(Order& order, const Approval& approval, absl::Time now);

// Ends a pending order with a hint of BankID: "userCancel", "cancelled".
void Fail(Order& order, absl::string_view hint, absl::Time now);

// Returns the risk that BankID tells; empty when it was not asked for or could not be calculated.
std::string ToldRisk(const Order& order);

}  // namespace bitrade::eidsim
