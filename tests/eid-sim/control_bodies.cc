#include "tests/eid-sim/control_bodies.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/signing_authority.h"

namespace bitrade::eidsim {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using Members = std::initializer_list<std::pair<absl::string_view, absl::string_view>>;

constexpr size_t kPersonalNumberDigits = 12;
constexpr size_t kMaxName = 64;  // what a certificate can hold
constexpr int64_t kMaxDelayMs = 60'000;
constexpr int64_t kMaxProcessingMs = 600'000;
constexpr int kMaxFaultCalls = 1'000'000;

std::string ReadName(JsonObject& body, const char* name) {
  std::string text = body.Text(name);
  if (text.size() > kMaxName) body.Refuse(name);
  return text;
}

std::string ReadOneOf(JsonObject& body, const char* name,
                      std::initializer_list<absl::string_view> known) {
  std::string text = body.OptionalText(name).value_or("");
  const bool there = std::find(known.begin(), known.end(), text) != known.end();
  if (!text.empty() && !there) body.Refuse(name);
  return text;
}

std::string ReadRisk(JsonObject& body) {
  return ReadOneOf(body, "risk", {"low", "moderate", "high", "none"});
}

int64_t ReadBounded(JsonObject& body, const char* name, int64_t limit) {
  const int64_t value = body.OptionalInteger(name).value_or(0);
  if (value < 0 || value > limit) body.Refuse(name);
  return value;
}

std::vector<std::string> ReadKinds(JsonObject& body) {
  auto kinds = body.OptionalTexts("kinds").value_or(std::vector<std::string>{"mobile"});
  const bool known = std::all_of(kinds.begin(), kinds.end(),
                                 [](const std::string& kind) { return !PolicyOf(kind).empty(); });
  if (!known) body.Refuse("kinds");
  return kinds;
}

void WriteText(Writer& writer, absl::string_view value) {
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void WriteMembers(Writer& writer, Members members) {
  for (const auto& [name, value] : members) {
    writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    WriteText(writer, value);
  }
}

void WriteTexts(Writer& writer, const char* name, const std::vector<std::string>& texts) {
  writer.Key(name);
  writer.StartArray();
  for (const std::string& text : texts) WriteText(writer, text);
  writer.EndArray();
}

// {name: [what `write` writes]}
template <typename Write>
std::string ListJson(const char* name, const Write& write) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key(name);
  writer.StartArray();
  write(writer);
  writer.EndArray();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string TextOf(const Order& order) {
  std::string text;
  absl::Base64Unescape(order.request.visible_data, &text);
  return text;
}

absl::string_view NameOf(OrderKind kind) { return kind == OrderKind::kSign ? "sign" : "auth"; }

std::string TimeText(absl::Time time) {
  return absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone());
}

std::vector<std::string> TimeTexts(const std::vector<absl::Time>& times) {
  std::vector<std::string> texts;
  for (const absl::Time time : times) texts.push_back(TimeText(time));
  return texts;
}

void WriteOrder(Writer& writer, const Order& order) {
  writer.StartObject();
  WriteMembers(writer, {{"autoStartToken", order.tokens.auto_start_token},
                        {"kind", NameOf(order.request.kind)},
                        {"status", Name(order.status)},
                        {"hintCode", order.hint},
                        {"personalNumber", order.person.personal_number},
                        {"requiredPersonalNumber", order.request.personal_number},
                        {"relyingParty", order.relying_party.display_name},
                        {"text", TextOf(order)},
                        {"returnUrl", order.request.return_url},
                        {"createTime", TimeText(order.create_time)}});
  WriteTexts(writer, "collectTimes", TimeTexts(order.collect_times));
  WriteTexts(writer, "certificatePolicies", order.request.policies);
  writer.EndObject();
}

void WritePerson(Writer& writer, const Person& person) {
  writer.StartObject();
  WriteMembers(writer, {{"personalNumber", person.personal_number},
                        {"name", person.name},
                        {"givenName", person.given_name},
                        {"surname", person.surname},
                        {"risk", person.risk}});
  WriteTexts(writer, "kinds", person.kinds);
  writer.Key("blocked");
  writer.Bool(person.blocked);
  writer.EndObject();
}

}  // namespace

absl::StatusOr<Person> ParsePerson(absl::string_view personal_number, absl::string_view text) {
  if (personal_number.size() != kPersonalNumberDigits) {
    return absl::InvalidArgumentError("a personal number has twelve digits");
  }
  ASSIGN_OR_RETURN(const PersonNumber checked,
                   PersonNumber::Parse(personal_number, absl::CivilDay::max()));
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  Person person;
  person.personal_number = checked.FullText();
  person.name = ReadName(body, "name");
  person.given_name = ReadName(body, "givenName");
  person.surname = ReadName(body, "surname");
  person.kinds = ReadKinds(body);
  person.code = body.OptionalText("code").value_or("");
  person.blocked = body.OptionalFlag("blocked").value_or(false);
  person.uhi = body.OptionalText("uhi").value_or("");
  person.os = ReadOneOf(body, "os", {"IOS", "ANDROID", "OS_X", "WIN"});
  if (const std::string risk = ReadRisk(body); !risk.empty()) person.risk = risk;
  RETURN_IF_ERROR(body.Finish());
  return person;
}

absl::StatusOr<Approval> ParseApproval(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  Approval approval;
  approval.code = body.OptionalText("code").value_or("");
  approval.risk = ReadRisk(body);
  const auto evidence = EvidenceFaultNamed(body.OptionalText("evidence").value_or("none"));
  if (!evidence) body.Refuse("evidence");
  approval.evidence = evidence.value_or(EvidenceFault::kNone);
  approval.processing = absl::Milliseconds(ReadBounded(body, "processingMs", kMaxProcessingMs));
  RETURN_IF_ERROR(body.Finish());
  return approval;
}

absl::StatusOr<Fault> ParseFault(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  Fault fault;
  fault.calls = static_cast<int>(ReadBounded(body, "calls", kMaxFaultCalls));
  fault.delay = absl::Milliseconds(ReadBounded(body, "delayMs", kMaxDelayMs));
  fault.status = static_cast<int>(ReadBounded(body, "status", 599));
  if (fault.status != 0 && fault.status < 200) body.Refuse("status");
  fault.error_code = body.OptionalText("errorCode").value_or("");
  fault.drop = body.OptionalFlag("drop").value_or(false);
  fault.lost = body.OptionalFlag("lost").value_or(false);
  fault.hint = body.OptionalText("hintCode").value_or("");
  fault.risk = ReadRisk(body);
  fault.on = ReadOneOf(body, "on", {"auth", "sign", "collect", "cancel", "complete"});
  const bool early = fault.status != 0 || fault.drop || !fault.hint.empty();
  if (fault.on == "complete" && early) body.Refuse("on");
  RETURN_IF_ERROR(body.Finish());
  return fault;
}

std::string OrdersJson(std::vector<Order> orders) {
  std::stable_sort(orders.begin(), orders.end(), [](const Order& one, const Order& other) {
    return one.create_time > other.create_time;
  });
  return ListJson("orders", [&](Writer& writer) {
    for (const Order& order : orders) WriteOrder(writer, order);
  });
}

std::string OutcomeJson(const Order& order) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMembers(writer, {{"autoStartToken", order.tokens.auto_start_token},
                        {"status", Name(order.status)},
                        {"hintCode", order.hint}});
  writer.Key("wrongCodes");
  writer.Int(order.wrong_codes);
  // The app goes back to the browser on its own device alone, and when the person has done it all.
  const bool done = order.status == OrderStatus::kComplete || order.hint == "processing";
  if (done && order.auto_started && !order.request.return_url.empty()) {
    WriteMembers(writer, {{"returnUrl", order.request.return_url}});
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string PersonsJson(const std::vector<Person>& persons) {
  return ListJson("persons", [&](Writer& writer) {
    for (const Person& person : persons) WritePerson(writer, person);
  });
}

}  // namespace bitrade::eidsim
