#include "tests/eid-sim/order.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/signing_authority.h"

namespace bitrade::eidsim {
namespace {

constexpr int kCodesAllowed = 3;
constexpr size_t kUhiBytes = 20;

// A wanted policy may end in ".*".
bool Matches(absl::string_view wanted, absl::string_view policy) {
  if (absl::ConsumeSuffix(&wanted, "*")) return absl::StartsWith(policy, wanted);
  return wanted == policy;
}

bool IsTaken(const OrderRequest& request, const std::string& kind) {
  if (request.policies.empty()) return true;
  return std::any_of(request.policies.begin(), request.policies.end(),
                     [&](const std::string& wanted) { return Matches(wanted, PolicyOf(kind)); });
}

int RankOf(absl::string_view risk) {
  if (risk == "high") return 2;
  return risk == "moderate" ? 1 : 0;
}

void Complete(Order& order, absl::Time at) {
  order.status = OrderStatus::kComplete;
  order.hint.clear();
  order.end_time = at;
}

std::string RiskOf(const Order& order) {
  return order.approval.risk.empty() ? order.person.risk : order.approval.risk;
}

bool IsTooRisky(const Order& order) {
  const std::string& limit = order.request.risk_limit;
  return !limit.empty() && RankOf(RiskOf(order)) > RankOf(limit);
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

std::string UhiOf(const Person& person) {
  if (!person.uhi.empty()) return person.uhi;
  return absl::Base64Escape(crypto::Sha256(person.personal_number).substr(0, kUhiBytes));
}

Order AsOf(Order order, absl::Time now, absl::Duration sign_time) {
  if (order.status != OrderStatus::kPending) return order;
  if (order.hint == "processing") {
    if (now >= order.complete_time) Complete(order, order.complete_time);
    return order;
  }
  const bool started = order.hint != "outstandingTransaction";
  const absl::Time limit = started ? order.start_time + sign_time : order.create_time + kStartTime;
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

std::optional<std::string> UsableKind(const Order& order, const Person& person,
                                      absl::string_view wanted) {
  const std::string& named = order.request.personal_number;
  if (!named.empty() && named != person.personal_number) return std::nullopt;
  const auto usable =
      std::find_if(person.kinds.begin(), person.kinds.end(), [&](const std::string& kind) {
        return (wanted.empty() || wanted == kind) && IsTaken(order.request, kind);
      });
  if (usable == person.kinds.end()) return std::nullopt;
  return *usable;
}

void PickUp(Order& order, const Person& person, const Device& device, absl::Time now) {
  order.hint = order.request.mrtd ? "userMrtd" : "userSign";
  order.person = person;
  order.bankid_kind = device.kind;
  order.device_ip = device.ip;
  order.start_time = now;
  if (person.blocked) Fail(order, "certificateErr", now);
}

void ReadDocument(Order& order, bool success) {
  order.mrtd_read = success;
  order.hint = "userSign";
}

void Approve(Order& order, const Approval& approval, absl::Time now) {
  if (!order.person.code.empty() && order.person.code != approval.code) {
    if (++order.wrong_codes == kCodesAllowed) Fail(order, "certificateErr", now);
    return;
  }
  order.approval = approval;
  if (IsTooRisky(order)) return Fail(order, "transactionRiskBlocked", now);
  if (approval.processing == absl::ZeroDuration()) return Complete(order, now);
  order.hint = "processing";
  order.complete_time = now + approval.processing;
}

void Fail(Order& order, absl::string_view hint, absl::Time now) {
  order.status = OrderStatus::kFailed;
  order.hint = std::string(hint);
  order.end_time = now;
}

std::string ToldRisk(const Order& order) {
  const bool asked = order.request.return_risk || !order.request.risk_limit.empty();
  const std::string risk = RiskOf(order);
  return asked && risk != "none" ? risk : "";
}

}  // namespace bitrade::eidsim
