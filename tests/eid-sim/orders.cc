#include "tests/eid-sim/orders.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/qr.h"
#include "tests/eid-sim/tokens.h"

namespace bitrade::eidsim {
namespace {

absl::Status NoSuchOrder() { return absl::InvalidArgumentError("No such order"); }

bool InApp(const Order& order) {
  return order.status == OrderStatus::kPending && !order.person.personal_number.empty();
}

bool Unstarted(const Order& order) {
  return order.status == OrderStatus::kPending && order.hint == "outstandingTransaction";
}

bool Holds(const Order& order, const std::string& personal_number) {
  return order.request.personal_number == personal_number ||
         (InApp(order) && order.person.personal_number == personal_number);
}

absl::Status TakenAlready() { return absl::FailedPreconditionError("the order is taken already"); }

}  // namespace

// Brings every order to the present and forgets those that no call can reach any more.
void Orders::Refresh() {
  const absl::Time now = Present();
  for (auto at = orders_.begin(); at != orders_.end();) {
    at->second = AsOf(std::move(at->second), now, sign_time_);
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

absl::StatusOr<Order*> Orders::ByToken(absl::string_view auto_start_token) {
  return Find(
      [&](const Order& order) { return order.tokens.auto_start_token == auto_start_token; });
}

absl::StatusOr<Order*> Orders::OfRelyingParty(absl::string_view fingerprint,
                                              absl::string_view order_ref) {
  Refresh();
  const auto found = orders_.find(std::string(order_ref));
  if (found == orders_.end() || found->second.relying_party.fingerprint != fingerprint) {
    return NoSuchOrder();
  }
  return &found->second;
}

absl::StatusOr<Person> Orders::FindPerson(const std::string& personal_number) const {
  const auto found = persons_.find(personal_number);
  if (found == persons_.end()) return absl::NotFoundError("no such person");
  return found->second;
}

absl::StatusOr<Order> Orders::Create(const RelyingParty& relying_party,
                                     const OrderRequest& request) {
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
  order.relying_party = relying_party;
  order.request = request;
  order.create_time = Present();
  orders_.emplace(order.tokens.order_ref, order);
  return order;
}

absl::StatusOr<Order> Orders::Collect(absl::string_view fingerprint, absl::string_view order_ref) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, OfRelyingParty(fingerprint, order_ref));
  const absl::Time now = Present();
  order->collect_times.push_back(now);
  if (order->status != OrderStatus::kPending) {
    order->gone = true;
  } else if (order->collect_time && now < *order->collect_time + kCollectInterval) {
    return absl::ResourceExhaustedError("Collect at most every two seconds");
  }
  order->collect_time = now;
  return *order;
}

absl::Status Orders::Cancel(absl::string_view fingerprint, absl::string_view order_ref) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, OfRelyingParty(fingerprint, order_ref));
  if (order->status != OrderStatus::kPending) return NoSuchOrder();
  order->gone = true;
  return absl::OkStatus();
}

void Orders::PutPerson(const Person& person) {
  const std::lock_guard lock(mutex_);
  persons_[person.personal_number] = person;
}

std::vector<Person> Orders::Persons() {
  const std::lock_guard lock(mutex_);
  std::vector<Person> persons;
  for (const auto& [number, person] : persons_) persons.push_back(person);
  return persons;
}

// BankID lets a person have one order in the app: a newer one ends the older.
void Orders::EndOthersOf(const Order& taken) {
  for (auto& [ref, other] : orders_) {
    if (&other != &taken && InApp(other) &&
        other.person.personal_number == taken.person.personal_number) {
      eidsim::Fail(other, "cancelled", Present());
    }
  }
}

void Orders::Take(Order& order, const Person& person, const Device& device) {
  PickUp(order, person, device, Present());
  EndOthersOf(order);
}

absl::StatusOr<Order> Orders::TakeByCamera(Order& order, const Device& device) {
  ASSIGN_OR_RETURN(const Person person, FindPerson(device.personal_number));
  if (!Unstarted(order)) return TakenAlready();
  const std::optional<std::string> kind = UsableKind(order, person, "mobile");
  if (!kind) return absl::FailedPreconditionError("the BankID cannot be used");
  Take(order, person, {device.personal_number, device.ip, *kind});
  return order;
}

absl::StatusOr<Order> Orders::Scan(absl::string_view qr, const Device& device) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(const QrText text, ParseQr(qr));
  ASSIGN_OR_RETURN(Order* const order, Find([&](const Order& candidate) {
                     return candidate.tokens.qr_start_token == text.start_token;
                   }));
  RETURN_IF_ERROR(CheckQr(text, order->tokens.qr_start_secret, Present() - order->create_time));
  return TakeByCamera(*order, device);
}

absl::StatusOr<Order> Orders::Choose(absl::string_view auto_start_token, const Device& device) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, ByToken(auto_start_token));
  return TakeByCamera(*order, device);
}

absl::StatusOr<Order> Orders::AutoStart(absl::string_view auto_start_token, const Device& device) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(const Person person, FindPerson(device.personal_number));
  ASSIGN_OR_RETURN(Order* const order, ByToken(auto_start_token));
  if (!Unstarted(*order)) return TakenAlready();
  order->auto_started = true;
  const std::optional<std::string> kind = UsableKind(*order, person, device.kind);
  if (kind) {
    Take(*order, person, {device.personal_number, device.ip, *kind});
  } else {
    order->hint = "started";
    order->start_time = Present();
  }
  return *order;
}

absl::StatusOr<Order*> Orders::WithPrompt(absl::string_view auto_start_token,
                                          absl::string_view hint) {
  ASSIGN_OR_RETURN(Order* const order, ByToken(auto_start_token));
  if (order->status == OrderStatus::kPending && order->hint == hint) return order;
  return absl::FailedPreconditionError(absl::StrCat("the order is not in ", hint));
}

absl::StatusOr<Order> Orders::ReadDocument(absl::string_view auto_start_token, bool success) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, WithPrompt(auto_start_token, "userMrtd"));
  eidsim::ReadDocument(*order, success);
  return *order;
}

absl::StatusOr<Order> Orders::Approve(absl::string_view auto_start_token,
                                      const Approval& approval) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, WithPrompt(auto_start_token, "userSign"));
  eidsim::Approve(*order, approval, Present());
  // Whoever has spent all attempts needs a new BankID.
  if (order->hint == "certificateErr") persons_[order->person.personal_number].blocked = true;
  return *order;
}

absl::Status Orders::Approve(absl::string_view auto_start_token, absl::string_view code) {
  return Approve(auto_start_token, Approval{std::string(code)}).status();
}

absl::Status Orders::UserCancel(absl::string_view auto_start_token) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, ByToken(auto_start_token));
  if (!InApp(*order)) return absl::FailedPreconditionError("the app has no such order");
  eidsim::Fail(*order, "userCancel", Present());
  return absl::OkStatus();
}

absl::Status Orders::Fail(absl::string_view auto_start_token, absl::string_view hint) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Order* const order, ByToken(auto_start_token));
  if (order->status != OrderStatus::kPending) {
    return absl::FailedPreconditionError("the order has ended");
  }
  eidsim::Fail(*order, hint, Present());
  return absl::OkStatus();
}

void Orders::SetSignTime(absl::Duration sign_time) {
  const std::lock_guard lock(mutex_);
  sign_time_ = sign_time;
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
