#include "services/common/audit/circumstances.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bitrade::audit {
namespace {

constexpr size_t kLongest = 300;

const char* NameOf(Circumstance kind) {
  switch (kind) {
    case Circumstance::kAcr:
      return "acr";
    case Circumstance::kAddress:
      return "address";
    case Circumstance::kAskedIn:
      return "asked_in";
    case Circumstance::kCertificatePolicy:
      return "certificate_policy";
    case Circumstance::kChanged:
      return "changed";
    case Circumstance::kCount:
      return "count";
    case Circumstance::kDigest:
      return "digest";
    case Circumstance::kOrderId:
      return "order_id";
    case Circumstance::kPurpose:
      return "purpose";
    case Circumstance::kRisk:
      return "risk";
    case Circumstance::kRoute:
      return "route";
    case Circumstance::kWhy:
      return "why";
  }
  return "";
}

// JSON has only these two to escape in printable ASCII.
std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + '"';
}

}  // namespace

void Circumstances::Set(Circumstance kind, absl::string_view value) {
  if (value.empty()) return;
  std::string text(value.substr(0, kLongest));
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return !absl::ascii_isprint(static_cast<unsigned char>(c)); }, '?');
  values_.insert_or_assign(kind, std::move(text));
}

std::string Circumstances::Json() const {
  std::string json = "{";
  for (const auto& [kind, value] : values_) {
    absl::StrAppend(&json, json.size() > 1 ? "," : "", "\"", NameOf(kind), "\":", Quoted(value));
  }
  return json + "}";
}

}  // namespace bitrade::audit
