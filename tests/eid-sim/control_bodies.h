// The bodies that the control interface reads and writes.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/faults.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// Errors of all: INVALID_ARGUMENT naming the member.
absl::StatusOr<Person> ParsePerson(absl::string_view personal_number, absl::string_view body);
absl::StatusOr<Approval> ParseApproval(absl::string_view body);
absl::StatusOr<Fault> ParseFault(absl::string_view body);

// {"orders": […]}, the newest first.
std::string OrdersJson(std::vector<Order> orders);

// What an action of the person has made of an order: status, hint, attempts spent, and where the
// app sends the browser when that is due.
std::string OutcomeJson(const Order& order);

// {"persons": […]}
std::string PersonsJson(const std::vector<Person>& persons);

}  // namespace bitrade::eidsim
