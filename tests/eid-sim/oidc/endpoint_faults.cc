#include "tests/eid-sim/oidc/endpoint_faults.h"

#include "absl/strings/str_replace.h"
#include "tests/eid-sim/oidc/http_answers.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kTooLong = size_t{4} * 1024 * 1024;

struct Spoiling {
  absl::string_view name;
  void (*spoil)(HttpAnswer& answer);
};

void MakeHtml(HttpAnswer& answer) { answer = Html(answer.status, "<p>Ordered fault</p>"); }

constexpr Spoiling kSpoilings[] = {
    {"redirect", [](HttpAnswer& answer) { answer = Redirect("https://elsewhere.example/"); }},
    {"oversize", [](HttpAnswer& answer) { answer.body.append(kTooLong, ' '); }},
    {"notJson", MakeHtml},
    {"otherIssuer",
     [](HttpAnswer& answer) {
       answer.body = absl::StrReplaceAll(
           answer.body, {{R"("issuer":"https://)", R"("issuer":"https://elsewhere.example/)"}});
     }},
    {"plainEndpoints",
     [](HttpAnswer& answer) {
       answer.body =
           absl::StrReplaceAll(answer.body, {{R"(_endpoint":"https:)", R"(_endpoint":"http:)"},
                                             {R"("jwks_uri":"https:)", R"("jwks_uri":"http:)"}});
     }},
    {"noKeys", [](HttpAnswer& answer) { answer.body = R"({"keys":[]})"; }},
};

}  // namespace

std::vector<absl::string_view> Spoilings() {
  std::vector<absl::string_view> names;
  for (const Spoiling& spoiling : kSpoilings) names.push_back(spoiling.name);
  return names;
}

std::vector<absl::string_view> Endpoints() {
  return {"discovery", "jwks", "authorize", "token", "userinfo"};
}

void EndpointFaults::Set(const EndpointFault& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
}

std::optional<EndpointFault> EndpointFaults::Take(absl::string_view endpoint) {
  const std::lock_guard lock(mutex_);
  if (fault_.calls <= 0 || (!fault_.on.empty() && fault_.on != endpoint)) return std::nullopt;
  --fault_.calls;
  return fault_;
}

std::optional<HttpAnswer> AnswerInstead(const EndpointFault& fault) {
  if (!fault.drop && fault.status == 0) return std::nullopt;
  HttpAnswer answer = fault.error_code.empty()
                          ? Html(fault.status == 0 ? 500 : fault.status, "<p>Ordered fault</p>")
                          : ErrorAnswer(fault.status, {fault.error_code, "ordered fault"});
  answer.drop = fault.drop;
  answer.delay = fault.delay;
  return answer;
}

void Spoil(const EndpointFault& fault, HttpAnswer& answer) {
  for (const Spoiling& spoiling : kSpoilings) {
    if (spoiling.name == fault.spoil) spoiling.spoil(answer);
  }
  answer.delay += fault.delay;
}

}  // namespace bitrade::eidsim::oidc
