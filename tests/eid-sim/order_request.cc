#include "tests/eid-sim/order_request.h"

#include <arpa/inet.h>
#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/person_number.h"
#include "services/common/base/status_macros.h"

namespace bitrade::eidsim {
namespace {

constexpr size_t kMaxReturnUrl = 512;
constexpr size_t kMaxUserAgent = 256;
constexpr size_t kMaxDevice = 64;
constexpr size_t kMinDomain = 3;
constexpr size_t kMinWildcardParts = 5;
constexpr size_t kPersonalNumberDigits = 12;

// Lengths in base64.
struct Limits {
  size_t visible;
  size_t non_visible;
};

constexpr Limits kAuthLimits{1'500, 1'500};
constexpr Limits kSignLimits{40'000, 200'000};

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

// Only what encoding would give: padded, without line breaks, without stray bits.
bool IsBase64(const std::string& text, size_t limit) {
  std::string decoded;
  return !text.empty() && text.size() <= limit && absl::Base64Unescape(text, &decoded) &&
         absl::Base64Escape(decoded) == text;
}

bool IsUtf8(const std::string& text) {
  struct Nowhere {
    void Put(char /*unit*/) {}
  };
  rapidjson::MemoryStream units(text.data(), text.size());
  Nowhere nowhere;
  while (units.Tell() < text.size()) {
    if (!rapidjson::UTF8<>::Validate(units, nowhere)) return false;
  }
  return true;
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

bool IsPersonalNumber(absl::string_view text) {
  return text.size() == kPersonalNumberDigits && IsDigits(text) &&
         PersonNumber::Parse(text, absl::CivilDay::max()).ok();
}

std::string ReadData(JsonObject& body, const char* name, size_t limit) {
  const std::optional<std::string> data = body.OptionalText(name);
  if (data && !IsBase64(*data, limit)) body.Refuse(name);
  return data.value_or("");
}

void ReadTexts(JsonObject& body, OrderRequest& request) {
  const Limits& limits = request.kind == OrderKind::kSign ? kSignLimits : kAuthLimits;
  request.visible_data = ReadData(body, "userVisibleData", limits.visible);
  std::string text;
  absl::Base64Unescape(request.visible_data, &text);
  const bool missing = request.kind == OrderKind::kSign && request.visible_data.empty();
  if (missing || !IsUtf8(text)) body.Refuse("userVisibleData");
  request.non_visible_data = ReadData(body, "userNonVisibleData", limits.non_visible);
}

void ReadFormat(JsonObject& body, OrderRequest& request) {
  const std::string format = body.OptionalText("userVisibleDataFormat").value_or("plaintext");
  request.markdown = format == "simpleMarkdownV1";
  if (!request.markdown && format != "plaintext") body.Refuse("userVisibleDataFormat");
}

// In characters.
size_t LengthOf(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char unit) { return (static_cast<unsigned char>(unit) & 0xC0) != 0x80; });
}

std::string ReadBounded(JsonObject& object, const char* name, size_t limit) {
  const std::optional<std::string> text = object.OptionalText(name);
  if (text && (text->empty() || LengthOf(*text) > limit)) object.Refuse(name);
  return text.value_or("");
}

void ReadPersonalNumber(JsonObject& requirement, OrderRequest& request) {
  const std::optional<std::string> number = requirement.OptionalText("personalNumber");
  if (number && !IsPersonalNumber(*number)) requirement.Refuse("personalNumber");
  request.personal_number = number.value_or("");
}

void ReadPolicies(JsonObject& requirement, OrderRequest& request) {
  const auto policies = requirement.OptionalTexts("certificatePolicies");
  if (!policies) return;
  if (policies->empty() || !std::all_of(policies->begin(), policies->end(), IsPolicy)) {
    requirement.Refuse("certificatePolicies");
  }
  request.policies = *policies;
}

void ReadRisk(JsonObject& requirement, OrderRequest& request) {
  const std::optional<std::string> risk = requirement.OptionalText("risk");
  if (risk && !absl::EqualsIgnoreCase(*risk, "low") && !absl::EqualsIgnoreCase(*risk, "moderate")) {
    requirement.Refuse("risk");
  }
  request.risk_limit = absl::AsciiStrToLower(risk.value_or(""));
}

absl::Status ReadRequirement(JsonObject& body, OrderRequest& request, UnknownMembers unknown) {
  std::optional<JsonObject> requirement = body.OptionalObject("requirement");
  if (!requirement) return absl::OkStatus();
  requirement->OptionalFlag("pinCode");
  request.mrtd = requirement->OptionalFlag("mrtd").value_or(false);
  const std::optional<std::string> reader = requirement->OptionalText("cardReader");
  if (reader && *reader != "class1" && *reader != "class2") requirement->Refuse("cardReader");
  ReadRisk(*requirement, request);
  ReadPersonalNumber(*requirement, request);
  ReadPolicies(*requirement, request);
  if (!requirement->Finish(unknown).ok()) return absl::InvalidArgumentError("Invalid requirement");
  return absl::OkStatus();
}

// At least one member.
absl::Status ReadWeb(JsonObject& web, UnknownMembers unknown) {
  const std::optional<std::string> domain = web.OptionalText("referringDomain");
  if (domain && !IsDomain(*domain)) web.Refuse("referringDomain");
  ReadBounded(web, "userAgent", kMaxUserAgent);
  ReadBounded(web, "deviceIdentifier", kMaxDevice);
  if (web.empty()) web.Refuse("web");
  return web.Finish(unknown);
}

absl::Status ReadApp(JsonObject& app, UnknownMembers unknown) {
  for (const char* name : {"appIdentifier", "deviceOS", "deviceModelName", "deviceIdentifier"}) {
    app.OptionalText(name);
  }
  if (app.empty()) app.Refuse("app");
  return app.Finish(unknown);
}

absl::Status ReadOrigin(JsonObject& body, UnknownMembers unknown) {
  std::optional<JsonObject> web = body.OptionalObject("web");
  std::optional<JsonObject> app = body.OptionalObject("app");
  if (web && app) return absl::InvalidArgumentError("Both app and web");
  if (web) return ReadWeb(*web, unknown);
  return app ? ReadApp(*app, unknown) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<OrderRequest> ParseOrderRequest(absl::string_view text, OrderKind kind,
                                               UnknownMembers unknown) {
  ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(text));
  OrderRequest request;
  request.kind = kind;
  request.end_user_ip = body.Text("endUserIp");
  if (!IsIp(request.end_user_ip)) body.Refuse("endUserIp");
  ReadTexts(body, request);
  ReadFormat(body, request);
  request.return_url = ReadBounded(body, "returnUrl", kMaxReturnUrl);
  request.return_risk = body.OptionalFlag("returnRisk").value_or(false);
  RETURN_IF_ERROR(ReadRequirement(body, request, unknown));
  RETURN_IF_ERROR(ReadOrigin(body, unknown));
  RETURN_IF_ERROR(body.Finish(unknown));
  return request;
}

}  // namespace bitrade::eidsim
