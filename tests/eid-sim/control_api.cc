#include "tests/eid-sim/control_api.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"

namespace bitrade::eidsim {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr size_t kPersonalNumberDigits = 12;
constexpr int64_t kMaxDelayMs = 60'000;
constexpr int kMaxFaultCalls = 1'000'000;

std::string TextJson(const char* name, absl::string_view value) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key(name);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

int HttpStatusOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    default:
      return 400;
  }
}

bool IsKind(const std::string& kind) {
  return kind == "file" || kind == "card" || kind == "mobile";
}

Device ReadDevice(JsonObject& body) { return {body.Text("personalNumber"), body.Text("ip")}; }

int64_t ReadBounded(JsonObject& body, const char* name, int64_t limit) {
  const int64_t value = body.OptionalInteger(name).value_or(0);
  if (value < 0 || value > limit) body.Refuse(name);
  return value;
}

}  // namespace

HttpAnswer ControlApi::Answer(const HttpRequest& request) {
  const absl::StatusOr<std::string> result = Route(request);
  HttpAnswer answer;
  answer.status = HttpStatusOf(result.status());
  answer.body = result.ok() ? *result : TextJson("error", result.status().message());
  return answer;
}

absl::StatusOr<std::string> ControlApi::Route(const HttpRequest& request) {
  absl::string_view path = request.path;
  if (!absl::ConsumePrefix(&path, "/sim/v1/")) return absl::NotFoundError("no such path");
  const std::string call = absl::StrCat(request.method, " ", path);
  if (call == "GET orders") return List();
  if (call == "POST scan") return Scan(request.body);
  if (call == "POST autostart") return AutoStart(request.body);
  if (call == "PUT faults") return SetFault(request.body);
  if (call == "POST clock/advance") return AdvanceClock(request.body);
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  if (request.method == "PUT" && parts.size() == 2 && parts[0] == "persons") {
    return PutPerson(parts[1], request.body);
  }
  const bool of_order = request.method == "POST" && parts.size() == 3 && parts[0] == "orders";
  if (of_order && parts[2] == "approve") return Approve(parts[1], request.body);
  if (of_order && parts[2] == "cancel") return Cancel(parts[1], request.body);
  return absl::NotFoundError("no such path");
}

absl::StatusOr<std::string> ControlApi::PutPerson(absl::string_view number,
                                                  absl::string_view text) {
  if (number.size() != kPersonalNumberDigits) {
    return absl::InvalidArgumentError("a personal number has twelve digits");
  }
  ASSIGN_OR_RETURN(const PersonNumber checked, PersonNumber::Parse(number, absl::CivilDay::max()));
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  Person person;
  person.personal_number = checked.FullText();
  person.name = body.Text("name");
  person.given_name = body.Text("givenName");
  person.surname = body.Text("surname");
  person.kinds = body.OptionalTexts("kinds").value_or(std::vector<std::string>{"mobile"});
  if (!std::all_of(person.kinds.begin(), person.kinds.end(), IsKind)) body.Refuse("kinds");
  person.code = body.OptionalText("code").value_or("");
  RETURN_IF_ERROR(body.Finish());
  orders_.PutPerson(person);
  return "{}";
}

absl::StatusOr<std::string> ControlApi::Scan(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string qr = body.Text("qr");
  const Device device = ReadDevice(body);
  RETURN_IF_ERROR(body.Finish());
  ASSIGN_OR_RETURN(const Order order, orders_.Scan(qr, device));
  return TextJson("autoStartToken", order.tokens.auto_start_token);
}

absl::StatusOr<std::string> ControlApi::AutoStart(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string token = body.Text("autoStartToken");
  const Device device = ReadDevice(body);
  RETURN_IF_ERROR(body.Finish());
  ASSIGN_OR_RETURN(const Order order, orders_.AutoStart(token, device));
  return TextJson("hintCode", order.hint);
}

absl::StatusOr<std::string> ControlApi::Approve(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const std::string code = body.OptionalText("code").value_or("");
  RETURN_IF_ERROR(body.Finish());
  RETURN_IF_ERROR(orders_.Approve(token, code));
  return "{}";
}

absl::StatusOr<std::string> ControlApi::Cancel(absl::string_view token, absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  RETURN_IF_ERROR(body.Finish());
  RETURN_IF_ERROR(orders_.UserCancel(token));
  return "{}";
}

absl::StatusOr<std::string> ControlApi::SetFault(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  Fault fault;
  fault.calls = static_cast<int>(ReadBounded(body, "calls", kMaxFaultCalls));
  fault.delay = absl::Milliseconds(ReadBounded(body, "delayMs", kMaxDelayMs));
  fault.status = static_cast<int>(ReadBounded(body, "status", 599));
  if (fault.status != 0 && fault.status < 200) body.Refuse("status");
  fault.error_code = body.OptionalText("errorCode").value_or("");
  fault.drop = body.OptionalFlag("drop").value_or(false);
  RETURN_IF_ERROR(body.Finish());
  faults_.Set(fault);
  return "{}";
}

absl::StatusOr<std::string> ControlApi::AdvanceClock(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  const int64_t ms = ReadBounded(body, "ms", absl::ToInt64Milliseconds(absl::Hours(24)));
  RETURN_IF_ERROR(body.Finish());
  orders_.AdvanceClock(absl::Milliseconds(ms));
  return "{}";
}

std::string ControlApi::List() {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("orders");
  writer.StartArray();
  for (const Order& order : orders_.Known()) {
    writer.StartObject();
    for (const auto& [name, value] :
         {std::pair<const char*, std::string>{"autoStartToken", order.tokens.auto_start_token},
          {"status", std::string(Name(order.status))},
          {"hintCode", order.hint},
          {"personalNumber", order.person.personal_number}}) {
      writer.Key(name);
      writer.String(value.c_str(), static_cast<rapidjson::SizeType>(value.size()));
    }
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bitrade::eidsim
