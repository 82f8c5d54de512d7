#include "tests/eid-sim/control_api.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/control_answer.h"
#include "tests/eid-sim/control_bodies.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/phone_page.h"

namespace bitrade::eidsim {
namespace {

constexpr int64_t kMaxSignSeconds = 3600;

Device ReadDevice(JsonObject& body) {
  return {body.Text("personalNumber"), body.Text("ip"), body.OptionalText("kind").value_or("")};
}

absl::StatusOr<std::string> OutcomeOf(const absl::StatusOr<Order>& order) {
  if (!order.ok()) return order.status();
  return OutcomeJson(*order);
}

}  // namespace

HttpAnswer ControlApi::Answer(const HttpRequest& request) {
  if (request.method == "GET" && request.path == "/") {
    HttpAnswer page;
    page.body = PhonePage();
    page.content_type = "text/html; charset=utf-8";
    return page;
  }
  return ControlAnswer(Route(request));
}

absl::StatusOr<std::string> ControlApi::Route(const HttpRequest& request) {
  absl::string_view path = request.path;
  if (!absl::ConsumePrefix(&path, "/sim/v1/")) return absl::NotFoundError("no such path");
  const std::string call = absl::StrCat(request.method, " ", path);
  if (call == "GET orders") return OrdersJson(orders_.Known());
  if (call == "GET persons") return PersonsJson(orders_.Persons());
  if (call == "POST scan") return Scan(request.body);
  if (call == "POST autostart") return AutoStart(request.body);
  if (call == "PUT faults") return SetFault(request.body);
  if (call == "PUT settings") return Set(request.body);
  if (call == "POST clock/advance") return AdvanceClock(request.body);
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  if (request.method == "PUT" && parts.size() == 2 && parts[0] == "persons") {
    return PutPerson(parts[1], request.body);
  }
  if (request.method == "POST" && parts.size() == 3 && parts[0] == "orders") {
    return RouteOrder(parts[1], parts[2], request.body);
  }
  return absl::NotFoundError("no such path");
}

absl::StatusOr<std::string> ControlApi::RouteOrder(absl::string_view token,
                                                   absl::string_view action,
                                                   absl::string_view body) {
  if (action == "scan") return Choose(token, body);
  if (action == "document") return ReadDocument(token, body);
  if (action == "approve") return Approve(token, body);
  if (action == "cancel") return Cancel(token, body);
  if (action == "fail") return Fail(token, body);
  return absl::NotFoundError("no such path");
}

absl::StatusOr<std::string> ControlApi::PutPerson(absl::string_view number,
                                                  absl::string_view text) {
  ASSIGN_OR_RETURN(const Person person, ParsePerson(number, text));
  orders_.PutPerson(person);
  return "{}";
}

absl::StatusOr<std::string> ControlApi::Scan(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string qr = body.Text("qr");
  const Device device = ReadDevice(body);
  RETURN_IF_ERROR(body.Finish());
  return OutcomeOf(orders_.Scan(qr, device));
}

absl::StatusOr<std::string> ControlApi::Choose(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const Device device = ReadDevice(body);
  RETURN_IF_ERROR(body.Finish());
  return OutcomeOf(orders_.Choose(token, device));
}

absl::StatusOr<std::string> ControlApi::AutoStart(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string token = body.Text("autoStartToken");
  const Device device = ReadDevice(body);
  RETURN_IF_ERROR(body.Finish());
  return OutcomeOf(orders_.AutoStart(token, device));
}

absl::StatusOr<std::string> ControlApi::ReadDocument(absl::string_view token,
                                                     absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const bool success = body.OptionalFlag("read").value_or(true);
  RETURN_IF_ERROR(body.Finish());
  return OutcomeOf(orders_.ReadDocument(token, success));
}

absl::StatusOr<std::string> ControlApi::Approve(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(const Approval approval, ParseApproval(text));
  return OutcomeOf(orders_.Approve(token, approval));
}

absl::StatusOr<std::string> ControlApi::Cancel(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  RETURN_IF_ERROR(body.Finish());
  RETURN_IF_ERROR(orders_.UserCancel(token));
  return "{}";
}

absl::StatusOr<std::string> ControlApi::Fail(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string hint = body.Text("hintCode");
  RETURN_IF_ERROR(body.Finish());
  RETURN_IF_ERROR(orders_.Fail(token, hint));
  return "{}";
}

absl::StatusOr<std::string> ControlApi::SetFault(absl::string_view text) {
  ASSIGN_OR_RETURN(const Fault fault, ParseFault(text));
  faults_.Set(fault);
  return "{}";
}

absl::StatusOr<std::string> ControlApi::Set(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::optional<int64_t> seconds = body.OptionalInteger("signSeconds");
  if (seconds && (*seconds < 1 || *seconds > kMaxSignSeconds)) body.Refuse("signSeconds");
  const std::optional<bool> ignore = body.OptionalFlag("ignoreUnknownMembers");
  RETURN_IF_ERROR(body.Finish());
  if (seconds) orders_.SetSignTime(absl::Seconds(*seconds));
  if (ignore)
    rp_api_.SetUnknownMembers(*ignore ? UnknownMembers::kIgnore : UnknownMembers::kRefuse);
  return "{}";
}

absl::StatusOr<std::string> ControlApi::AdvanceClock(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const int64_t ms = body.OptionalInteger("ms").value_or(0);
  if (ms < 0 || ms > absl::ToInt64Milliseconds(absl::Hours(24))) body.Refuse("ms");
  RETURN_IF_ERROR(body.Finish());
  orders_.AdvanceClock(absl::Milliseconds(ms));
  return "{}";
}

}  // namespace bitrade::eidsim
