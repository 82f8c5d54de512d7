#include "tests/eid-sim/orders.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "tests/eid-sim/qr.h"
#include "tests/eid-sim/tokens.h"

namespace bitrade::eidsim {
namespace {

absl::Status NoSuchOrder() { return absl::InvalidArgumentError("No such order"); }

bool InApp(const Order& order) {
  return order.status == OrderStatus::kPending && order.hint == "userSign";
}

bool Unstarted(const Order& order) {
  return order.status == OrderStatus::kPending && order.hint == "outstandingTransaction";
}

bool Holds(const Order& order, const std::string& personal_number) {
  return order.request.personal_number == personal_number ||
         (InApp(order) && order.person.personal_number == personal_number);
}

}  // namespace

// Brings every order to the present and forgets those that no call can reach any more.
void Orders::Refresh() {
  const absl::Time now = Now();
  for (auto at = orders_.begin(); at != orders_.end();) {
    at->second = AsOf(std::move(at->second), now);
    at = IsKnown(at->second, now) ? std::next(at) : orders_.erase(at);
  }
}

absl::StatusOr<Order*> Orders::Find(const std::function<bool(const Order&)>& wanted) {
  Refresh();
  for (auto& [ref, order] : orders_) {
    if (wanted(order)) return &order;
  }
  return absl::NotFoundError("no such order");
}

absl::StatusOr<Order*> Orders::OfRelyingParty(absl::string_view relying_party,
                                              absl::string_view order_ref) {
  Refresh();
  const auto found = orders_.find(std::string(order_ref));
  if (found == orders_.end() || found->second.relying_party != relying_party) return NoSuchOrder();
  return &found->second;
}

absl::StatusOr<Person> Orders::FindPerson(const std::string& personal_number) const {
  const auto found = persons_.find(personal_number);
  if (found == persons_.end()) return absl::NotFoundError("no such person");
  return found->second;
}

absl::StatusOr<Order> Orders::Create(absl::string_view relying_party, const AuthRequest& request) {
  const std::lock_guard lock(mutex_);
  Refresh();
  if (!request.personal_number.empty()) {
    for (const auto& [ref, order] : orders_) {
      if (order.status == OrderStatus::kPending && Holds(order, request.personal_number)) {
        return absl::AlreadyExistsError("Order already in progress for pno");
      }
    }
  }
  Order order;
  order.tokens = NewOrderTokens();
  order.relying_party = std::string(relying_party);
  order.request = request;
  order.create_time = Now();
  orders_.emplace(order.tokens.order_ref, order);
  return order;
}

absl::StatusOr<Order> Orders::Collect(absl::string_view relying_party,
                                      absl::string_view order_ref) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, OfRelyingParty(relying_party, order_ref));
  const absl::Time now = Now();
  if (order->status != OrderStatus::kPending) {
    order->gone = true;
  } else if (order->collect_time && now < *order->collect_time + kCollectInterval) {
    return absl::ResourceExhaustedError("Collect at most every two seconds");
  }
  order->collect_time = now;
  return *order;
}

absl::Status Orders::Cancel(absl::string_view relying_party, absl::string_view order_ref) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, OfRelyingParty(relying_party, order_ref));
  if (order->status != OrderStatus::kPending) return NoSuchOrder();
  order->gone = true;
  return absl::OkStatus();
}

void Orders::PutPerson(const Person& person) {
  const std::lock_guard lock(mutex_);
  persons_[person.personal_number] = person;
}

// BankID lets a person have one order in the app: a newer one ends the older.
void Orders::EndOthersOf(const Order& taken) {
  for (auto& [ref, other] : orders_) {
    if (&other != &taken && InApp(other) &&
        other.person.personal_number == taken.person.personal_number) {
      Fail(other, "cancelled", Now());
    }
  }
}

absl::StatusOr<Order> Orders::Scan(absl::string_view qr, const Device& device) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(const QrText text, ParseQr(qr));
  ASSIGN_OR_RETURN(const Person person, FindPerson(device.personal_number));
  ASSIGN_OR_RETURN(Order* const order, Find([&](const Order& candidate) {
                     return candidate.tokens.qr_start_token == text.start_token;
                   }));
  RETURN_IF_ERROR(CheckQr(text, order->tokens.qr_start_secret, Now() - order->create_time));
  if (!Unstarted(*order)) return absl::FailedPreconditionError("the order is taken already");
  if (!CanUse(*order, person)) return absl::FailedPreconditionError("the BankID cannot be used");
  PickUp(*order, person, device.ip, Now());
  EndOthersOf(*order);
  return *order;
}

absl::StatusOr<Order> Orders::AutoStart(absl::string_view auto_start_token, const Device& device) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(const Person person, FindPerson(device.personal_number));
  ASSIGN_OR_RETURN(Order* const order, Find([&](const Order& candidate) {
                     return candidate.tokens.auto_start_token == auto_start_token;
                   }));
  if (!Unstarted(*order)) return absl::FailedPreconditionError("the order is taken already");
  if (!CanUse(*order, person)) {
    order->hint = "started";
    order->start_time = Now();
    return *order;
  }
  PickUp(*order, person, device.ip, Now());
  EndOthersOf(*order);
  return *order;
}

absl::StatusOr<Order*> Orders::WithCodePrompt(absl::string_view auto_start_token) {
  ASSIGN_OR_RETURN(Order* const order, Find([&](const Order& candidate) {
                     return candidate.tokens.auto_start_token == auto_start_token;
                   }));
  if (!InApp(*order)) return absl::FailedPreconditionError("the app asks for no code");
  return order;
}

absl::Status Orders::Approve(absl::string_view auto_start_token, absl::string_view code) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, WithCodePrompt(auto_start_token));
  EnterCode(*order, code, Now());
  return absl::OkStatus();
}

absl::Status Orders::UserCancel(absl::string_view auto_start_token) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, WithCodePrompt(auto_start_token));
  Fail(*order, "userCancel", Now());
  return absl::OkStatus();
}

void Orders::AdvanceClock(absl::Duration step) {
  const std::lock_guard lock(mutex_);
  offset_ += step;
}

std::vector<Order> Orders::Known() {
  const std::lock_guard lock(mutex_);
  Refresh();
  std::vector<Order> known;
  for (const auto& [ref, order] : orders_) known.push_back(order);
  return known;
}

}  // namespace bitrade::eidsim
