#include "tests/eid-sim/oidc/callback.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "tests/eid-sim/oidc/form.h"

namespace bitrade::eidsim::oidc {
namespace {

struct CallbackFault {
  absl::string_view name;
  void (*strike)(Parameters& parameters);
};

void Remove(Parameters& parameters, absl::string_view name) {
  std::erase_if(parameters, [&](const auto& parameter) { return parameter.first == name; });
}

void Replace(Parameters& parameters, absl::string_view name, absl::string_view value) {
  for (auto& parameter : parameters) {
    if (parameter.first == name) parameter.second = std::string(value);
  }
}

constexpr char kOther[] = "b3RoZXItb3RoZXItb3RoZXItb3RoZXI";

constexpr CallbackFault kFaults[] = {
    {"missingState", [](Parameters& all) { Remove(all, "state"); }},
    {"wrongState", [](Parameters& all) { Replace(all, "state", kOther); }},
    {"repeatedState", [](Parameters& all) { all.emplace_back("state", kOther); }},
    {"missingIssuer", [](Parameters& all) { Remove(all, "iss"); }},
    {"wrongIssuer", [](Parameters& all) { Replace(all, "iss", "https://elsewhere.example"); }},
    {"missingCode", [](Parameters& all) { Remove(all, "code"); }},
    {"wrongCode", [](Parameters& all) { Replace(all, "code", kOther); }},
    {"codeAndError", [](Parameters& all) { all.emplace_back("error", "access_denied"); }},
};

std::string Callback(const Authorization& decided, Parameters parameters) {
  parameters.emplace_back("state", decided.request.state);
  parameters.emplace_back("iss", decided.request.issuer);
  absl::string_view fault = decided.approval.fault;
  if (absl::ConsumePrefix(&fault, "callback.")) {
    for (const CallbackFault& known : kFaults) {
      if (known.name == fault) known.strike(parameters);
    }
  }
  return WithQuery(decided.request.redirect_uri, parameters);
}

}  // namespace

std::string CodeCallback(const Authorization& approved) {
  return Callback(approved, {{"code", approved.code}});
}

std::string ErrorCallback(const Authorization& denied, absl::string_view error) {
  return Callback(denied, {{"error", std::string(error)}});
}

std::vector<absl::string_view> CallbackFaults() {
  std::vector<absl::string_view> names;
  for (const CallbackFault& fault : kFaults) names.push_back(fault.name);
  return names;
}

}  // namespace bitrade::eidsim::oidc
