#include "tests/eid-sim/auth_request.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"

namespace bitrade::eidsim {
namespace {

constexpr size_t kMaxDataLength = 1500;  // in base64
constexpr size_t kMaxReturnUrl = 512;
constexpr size_t kMaxUserAgent = 256;
constexpr size_t kMaxDevice = 64;
constexpr size_t kMinDomain = 3;
constexpr size_t kMinWildcardParts = 5;

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char digit) {
    return absl::ascii_isdigit(static_cast<unsigned char>(digit));
  });
}

bool IsIp(const std::string& text) {
  unsigned char address[sizeof(in6_addr)];
  return inet_pton(AF_INET, text.c_str(), address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), address) == 1;
}

bool IsBase64(const std::string& text) {
  std::string decoded;
  return !text.empty() && text.size() <= kMaxDataLength && text.size() % 4 == 0 &&
         absl::Base64Unescape(text, &decoded);
}

// Dotted numbers; the last may be "*" from the fifth position on.
bool IsPolicy(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  const bool wild = parts.back() == "*";
  if (parts.size() < (wild ? kMinWildcardParts : 2)) return false;
  return std::all_of(parts.begin(), wild ? std::prev(parts.end()) : parts.end(), IsDigits);
}

bool IsDomain(absl::string_view text) {
  return text.size() >= kMinDomain && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '.' || letter == '-';
         });
}

void ReadData(JsonObject& body, const char* name) {
  const std::optional<std::string> data = body.OptionalText(name);
  if (data && !IsBase64(*data)) body.Refuse(name);
}

void ReadFormat(JsonObject& body) {
  const std::optional<std::string> format = body.OptionalText("userVisibleDataFormat");
  if (format && *format != "plaintext" && *format != "simpleMarkdownV1") {
    body.Refuse("userVisibleDataFormat");
  }
}

void ReadBounded(JsonObject& object, const char* name, size_t limit) {
  const std::optional<std::string> text = object.OptionalText(name);
  if (text && (text->empty() || text->size() > limit)) object.Refuse(name);
}

void ReadPersonalNumber(JsonObject& requirement, AuthRequest& request) {
  const std::optional<std::string> number = requirement.OptionalText("personalNumber");
  if (number && (number->size() != 12 || !IsDigits(*number))) requirement.Refuse("personalNumber");
  request.personal_number = number.value_or("");
}

void ReadPolicies(JsonObject& requirement, AuthRequest& request) {
  const auto policies = requirement.OptionalTexts("certificatePolicies");
  if (!policies) return;
  if (policies->empty() || !std::all_of(policies->begin(), policies->end(), IsPolicy)) {
    requirement.Refuse("certificatePolicies");
  }
  request.policies = *policies;
}

absl::Status ReadRequirement(JsonObject& body, AuthRequest& request) {
  std::optional<JsonObject> requirement = body.OptionalObject("requirement");
  if (!requirement) return absl::OkStatus();
  requirement->OptionalFlag("pinCode");
  requirement->OptionalFlag("mrtd");
  const std::optional<std::string> reader = requirement->OptionalText("cardReader");
  if (reader && *reader != "class1" && *reader != "class2") requirement->Refuse("cardReader");
  const std::optional<std::string> risk = requirement->OptionalText("risk");
  if (risk && !absl::EqualsIgnoreCase(*risk, "low") && !absl::EqualsIgnoreCase(*risk, "moderate")) {
    requirement->Refuse("risk");
  }
  ReadPersonalNumber(*requirement, request);
  ReadPolicies(*requirement, request);
  if (!requirement->Finish().ok()) return absl::InvalidArgumentError("Invalid requirement");
  return absl::OkStatus();
}

// At least one member.
absl::Status ReadWeb(JsonObject& web) {
  const std::optional<std::string> domain = web.OptionalText("referringDomain");
  if (domain && !IsDomain(*domain)) web.Refuse("referringDomain");
  ReadBounded(web, "userAgent", kMaxUserAgent);
  ReadBounded(web, "deviceIdentifier", kMaxDevice);
  if (web.empty()) web.Refuse("web");
  return web.Finish();
}

absl::Status ReadApp(JsonObject& app) {
  for (const char* name : {"appIdentifier", "deviceOS", "deviceModelName", "deviceIdentifier"}) {
    app.OptionalText(name);
  }
  if (app.empty()) app.Refuse("app");
  return app.Finish();
}

absl::Status ReadOrigin(JsonObject& body) {
  std::optional<JsonObject> web = body.OptionalObject("web");
  std::optional<JsonObject> app = body.OptionalObject("app");
  if (web && app) return absl::InvalidArgumentError("Both app and web");
  if (web) return ReadWeb(*web);
  return app ? ReadApp(*app) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<AuthRequest> ParseAuthRequest(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  AuthRequest request;
  request.end_user_ip = body.Text("endUserIp");
  if (!IsIp(request.end_user_ip)) body.Refuse("endUserIp");
  ReadData(body, "userVisibleData");
  ReadData(body, "userNonVisibleData");
  ReadFormat(body);
  ReadBounded(body, "returnUrl", kMaxReturnUrl);
  request.return_risk = body.OptionalFlag("returnRisk").value_or(false);
  RETURN_IF_ERROR(ReadRequirement(body, request));
  RETURN_IF_ERROR(ReadOrigin(body));
  RETURN_IF_ERROR(body.Finish());
  return request;
}

}  // namespace bitrade::eidsim
