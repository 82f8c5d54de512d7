#include "services/identity/bankid/messages.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::identity {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr size_t kMaxUserAgent = 256;
constexpr size_t kMaxDevice = 64;

void Write(Writer& writer, absl::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// Leaves the member out when the text is empty.
void WriteMember(Writer& writer, const char* name, absl::string_view text) {
  if (text.empty()) return;
  writer.Key(name);
  Write(writer, text);
}

// Cuts to `limit` bytes, never inside a character of UTF-8.
absl::string_view Cut(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

void WritePolicies(Writer& writer, const std::vector<std::string>& policies) {
  if (policies.empty()) return;
  writer.Key("certificatePolicies");
  writer.StartArray();
  for (const std::string& policy : policies) Write(writer, policy);
  writer.EndArray();
}

void WriteRequirement(Writer& writer, const SignRequest& request) {
  const std::vector<std::string>& policies = request.order.certificate_policies;
  if (policies.empty() && request.personal_number.empty()) return;
  writer.Key("requirement");
  writer.StartObject();
  WritePolicies(writer, policies);
  WriteMember(writer, "personalNumber", request.personal_number);
  writer.EndObject();
}

void WriteWeb(Writer& writer, const AuthRequest& request) {
  const bool empty = request.referring_domain.empty() && request.user_agent.empty() &&
                     request.device_identifier.empty();
  if (empty) return;
  writer.Key("web");
  writer.StartObject();
  WriteMember(writer, "referringDomain", request.referring_domain);
  WriteMember(writer, "userAgent", Cut(request.user_agent, kMaxUserAgent));
  WriteMember(writer, "deviceIdentifier", Cut(request.device_identifier, kMaxDevice));
  writer.EndObject();
}

bool Parse(absl::string_view json, rapidjson::Document& document) {
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(
      json.data(), json.size());
  return !document.HasParseError() && document.IsObject();
}

// "" for a member that is missing or no text.
std::string TextOf(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsString()) return "";
  return {member->value.GetString(), member->value.GetStringLength()};
}

absl::StatusOr<std::string> RequiredText(const rapidjson::Value& object, const char* name) {
  std::string text = TextOf(object, name);
  if (text.empty()) return absl::InternalError(absl::StrCat("BankID's answer lacks ", name));
  return text;
}

absl::StatusOr<const rapidjson::Value*> RequiredObject(const rapidjson::Value& object,
                                                       const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsObject()) {
    return absl::InternalError(absl::StrCat("BankID's answer lacks ", name));
  }
  return &member->value;
}

absl::Status ReadUser(const rapidjson::Value& data, BankIdCompletion& completion) {
  ASSIGN_OR_RETURN(const rapidjson::Value* const user, RequiredObject(data, "user"));
  ASSIGN_OR_RETURN(completion.personal_number, RequiredText(*user, "personalNumber"));
  ASSIGN_OR_RETURN(completion.name, RequiredText(*user, "name"));
  completion.given_name = TextOf(*user, "givenName");
  completion.surname = TextOf(*user, "surname");
  return absl::OkStatus();
}

absl::StatusOr<BankIdCompletion> ReadCompletion(const rapidjson::Value& answer) {
  ASSIGN_OR_RETURN(const rapidjson::Value* const data, RequiredObject(answer, "completionData"));
  BankIdCompletion completion;
  RETURN_IF_ERROR(ReadUser(*data, completion));
  ASSIGN_OR_RETURN(const rapidjson::Value* const device, RequiredObject(*data, "device"));
  ASSIGN_OR_RETURN(completion.device_ip, RequiredText(*device, "ipAddress"));
  ASSIGN_OR_RETURN(completion.signature, RequiredText(*data, "signature"));
  ASSIGN_OR_RETURN(completion.ocsp_response, RequiredText(*data, "ocspResponse"));
  completion.issue_date = TextOf(*data, "bankIdIssueDate");
  completion.risk = TextOf(*data, "risk");
  return completion;
}

absl::Status NoObject() { return absl::InternalError("BankID's answer is not a JSON object"); }

}  // namespace

std::string AuthJson(const AuthRequest& request) {
  return SignJson({.order = request, .personal_number = "", .hidden_data = ""});
}

std::string SignJson(const SignRequest& request) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMember(writer, "endUserIp", request.order.end_user_ip);
  WriteMember(writer, "userVisibleData", absl::Base64Escape(request.order.visible_text));
  WriteMember(writer, "userNonVisibleData", absl::Base64Escape(request.hidden_data));
  WriteMember(writer, "returnUrl", request.order.return_url);
  writer.Key("returnRisk");
  writer.Bool(true);
  WriteRequirement(writer, request);
  WriteWeb(writer, request.order);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string OrderJson(absl::string_view order_ref) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteMember(writer, "orderRef", order_ref);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

absl::StatusOr<AuthAnswer> ParseAuthAnswer(absl::string_view json) {
  rapidjson::Document document;
  if (!Parse(json, document)) return NoObject();
  AuthAnswer answer;
  ASSIGN_OR_RETURN(answer.order_ref, RequiredText(document, "orderRef"));
  ASSIGN_OR_RETURN(answer.auto_start_token, RequiredText(document, "autoStartToken"));
  ASSIGN_OR_RETURN(answer.qr.start_token, RequiredText(document, "qrStartToken"));
  ASSIGN_OR_RETURN(answer.qr.start_secret, RequiredText(document, "qrStartSecret"));
  return answer;
}

absl::StatusOr<CollectAnswer> ParseCollectAnswer(absl::string_view json) {
  rapidjson::Document document;
  if (!Parse(json, document)) return NoObject();
  CollectAnswer answer;
  ASSIGN_OR_RETURN(answer.status, RequiredText(document, "status"));
  answer.hint = TextOf(document, "hintCode");
  if (answer.status == "complete") {
    ASSIGN_OR_RETURN(answer.completion, ReadCompletion(document));
  }
  return answer;
}

std::string ParseErrorCode(absl::string_view json) {
  rapidjson::Document document;
  return Parse(json, document) ? TextOf(document, "errorCode") : "";
}

}  // namespace bitrade::identity
