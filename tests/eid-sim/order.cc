#include "tests/eid-sim/order.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace bitrade::eidsim {
namespace {

constexpr int kCodesAllowed = 3;

// The test world's policy of a kind; empty for a kind that there is not.
absl::string_view PolicyOf(absl::string_view kind) {
  if (kind == "file") return "1.2.3.4.5";
  if (kind == "card") return "1.2.3.4.10";
  return kind == "mobile" ? "1.2.3.4.25" : "";
}

// A wanted policy may end in ".*".
bool Matches(absl::string_view wanted, absl::string_view policy) {
  if (absl::ConsumeSuffix(&wanted, "*")) return absl::StartsWith(policy, wanted);
  return wanted == policy;
}

}  // namespace

absl::string_view Name(OrderStatus status) {
  switch (status) {
    case OrderStatus::kPending:
      return "pending";
    case OrderStatus::kFailed:
      return "failed";
    case OrderStatus::kComplete:
      return "complete";
  }
  return "";
}

Order AsOf(Order order, absl::Time now) {
  if (order.status != OrderStatus::kPending) return order;
  const bool started = order.hint != "outstandingTransaction";
  const absl::Time limit = started ? order.start_time + kSignTime : order.create_time + kStartTime;
  if (now >= limit) Fail(order, started ? "expiredTransaction" : "startFailed", limit);
  return order;
}

bool IsKnown(const Order& order, absl::Time now) {
  if (order.gone) return false;
  if (order.status == OrderStatus::kPending) return true;
  if (order.status == OrderStatus::kComplete) return now < order.end_time + kCompleteKept;
  if (order.hint == "startFailed") return now < order.create_time + kUnstartedKept;
  return now < order.end_time + kFailedKept;
}

bool CanUse(const Order& order, const Person& person) {
  const AuthRequest& request = order.request;
  if (!request.personal_number.empty() && request.personal_number != person.personal_number) {
    return false;
  }
  if (request.policies.empty()) return !person.kinds.empty();
  return std::any_of(person.kinds.begin(), person.kinds.end(), [&](const std::string& kind) {
    return std::any_of(request.policies.begin(), request.policies.end(),
                       [&](const std::string& wanted) { return Matches(wanted, PolicyOf(kind)); });
  });
}

void PickUp(Order& order, const Person& person, absl::string_view device_ip, absl::Time now) {
  order.hint = "userSign";
  order.person = person;
  order.device_ip = std::string(device_ip);
  order.start_time = now;
}

void EnterCode(Order& order, absl::string_view code, absl::Time now) {
  if (!order.person.code.empty() && order.person.code != code) {
    if (++order.wrong_codes == kCodesAllowed) Fail(order, "certificateErr", now);
    return;
  }
  order.status = OrderStatus::kComplete;
  order.hint.clear();
  order.end_time = now;
}

void Fail(Order& order, absl::string_view hint, absl::Time now) {
  order.status = OrderStatus::kFailed;
  order.hint = std::string(hint);
  order.end_time = now;
}

}  // namespace bitrade::eidsim
