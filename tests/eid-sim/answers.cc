#include "tests/eid-sim/answers.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <initializer_list>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"

namespace bitrade::eidsim {
namespace {

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

void WriteCompletion(Writer& writer, const Order& order) {
  const Person& person = order.person;
  writer.StartObject();
  writer.Key("user");
  writer.StartObject();
  WriteMembers(writer, {{"personalNumber", person.personal_number},
                        {"name", person.name},
                        {"givenName", person.given_name},
                        {"surname", person.surname}});
  writer.EndObject();
  writer.Key("device");
  writer.StartObject();
  WriteMembers(writer, {{"ipAddress", order.device_ip},
                        {"uhi", crypto::Sha256Hex(person.personal_number).substr(0, 28)}});
  writer.EndObject();
  const std::string& ref = order.tokens.order_ref;
  WriteMembers(writer,
               {{"bankIdIssueDate", "2025-08-09Z"},
                {"signature", absl::Base64Escape(absl::StrCat("<Signature>", ref, "</Signature>"))},
                {"ocspResponse", absl::Base64Escape(absl::StrCat("OCSP of ", ref))}});
  if (order.request.return_risk) WriteMembers(writer, {{"risk", "low"}});
  writer.EndObject();
}

}  // namespace

std::string ErrorJson(absl::string_view code, absl::string_view details) {
  return ObjectJson({{"errorCode", code}, {"details", details}});
}

std::string AuthJson(const OrderTokens& tokens) {
  return ObjectJson({{"orderRef", tokens.order_ref},
                     {"autoStartToken", tokens.auto_start_token},
                     {"qrStartToken", tokens.qr_start_token},
                     {"qrStartSecret", tokens.qr_start_secret}});
}

std::string CollectJson(const Order& order) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMembers(writer, {{"orderRef", order.tokens.order_ref}, {"status", Name(order.status)}});
  if (order.status == OrderStatus::kComplete) {
    writer.Key("completionData");
    WriteCompletion(writer, order);
  } else {
    WriteMembers(writer, {{"hintCode", order.hint}});
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace bitrade::eidsim
