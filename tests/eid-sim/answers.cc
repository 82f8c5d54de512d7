#include "tests/eid-sim/answers.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <initializer_list>
#include <utility>

namespace bitrade::eidsim {
namespace {

// When every certificate begins.
constexpr char kIssueDate[] = "2022-08-09Z";

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using Members = std::initializer_list<std::pair<absl::string_view, absl::string_view>>;

void WriteMembers(Writer& writer, Members members) {
  for (const auto& [name, value] : members) {
    writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
}

std::string ObjectJson(Members members) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMembers(writer, members);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void OpenMember(Writer& writer, const char* name) {
  writer.Key(name);
  writer.StartObject();
}

void WriteUser(Writer& writer, const Person& person) {
  OpenMember(writer, "user");
  WriteMembers(writer, {{"personalNumber", person.personal_number},
                        {"name", person.name},
                        {"givenName", person.given_name},
                        {"surname", person.surname}});
  writer.EndObject();
}

void WriteDevice(Writer& writer, const Order& order) {
  OpenMember(writer, "device");
  WriteMembers(writer, {{"ipAddress", order.device_ip}, {"uhi", UhiOf(order.person)}});
  writer.EndObject();
}

// Only where an identity document was asked for.
void WriteStepUp(Writer& writer, const Order& order) {
  if (!order.mrtd_read) return;
  OpenMember(writer, "stepUp");
  writer.Key("mrtd");
  writer.Bool(*order.mrtd_read);
  writer.EndObject();
}

}  // namespace

std::string ErrorJson(absl::string_view code, absl::string_view details) {
  return ObjectJson({{"errorCode", code}, {"details", details}});
}

std::string CreatedJson(const OrderTokens& tokens) {
  return ObjectJson({{"orderRef", tokens.order_ref},
                     {"autoStartToken", tokens.auto_start_token},
                     {"qrStartToken", tokens.qr_start_token},
                     {"qrStartSecret", tokens.qr_start_secret}});
}

std::string HintJson(const Order& order) {
  return ObjectJson({{"orderRef", order.tokens.order_ref},
                     {"status", Name(order.status)},
                     {"hintCode", order.hint}});
}

std::string CompleteJson(const Order& order, const Evidence& evidence) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMembers(writer, {{"orderRef", order.tokens.order_ref}, {"status", Name(order.status)}});
  OpenMember(writer, "completionData");
  WriteUser(writer, order.person);
  WriteDevice(writer, order);
  WriteMembers(writer, {{"bankIdIssueDate", kIssueDate}});
  WriteStepUp(writer, order);
  WriteMembers(writer,
               {{"signature", evidence.signature}, {"ocspResponse", evidence.ocsp_response}});
  if (const std::string risk = ToldRisk(order); !risk.empty()) {
    WriteMembers(writer, {{"risk", risk}});
  }
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bitrade::eidsim
