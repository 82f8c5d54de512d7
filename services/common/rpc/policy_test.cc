#include "services/common/rpc/policy.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

constexpr char kPolicy[] = R"json({
  "name": "test",
  "deny_rules": [{"name": "d", "source": {"principals": ["spiffe://d/bad"]}, "request": {"paths": ["*"]}}],
  "allow_rules": [
    {"name": "a", "source": {"principals": ["spiffe://d/case-system/*"]}, "request": {"paths": ["/p.AgencyService/*"]}},
    {"name": "b", "source": {"principals": ["spiffe://d/gateway", "spiffe://d/bad"]}, "request": {"paths": ["/p.S/One"]}}]})json";

TEST_CASE("Nobody is let in whom no rule allows", "[rpc][unit]") {
  const Policy policy = Policy::Parse(kPolicy).value();
  CHECK(policy.Allows("spiffe://d/gateway", "/p.S/One"));
  CHECK_FALSE(policy.Allows("spiffe://d/gateway", "/p.S/Two"));
  CHECK(policy.Allows("spiffe://d/case-system/a", "/p.AgencyService/Any"));
  CHECK_FALSE(policy.Allows("spiffe://d/stranger", "/p.S/One"));
}

TEST_CASE("A deny rule beats every allow rule", "[rpc][unit]") {
  CHECK_FALSE(Policy::Parse(kPolicy)->Allows("spiffe://d/bad", "/p.S/One"));
}

TEST_CASE("A malformed policy is refused as a whole", "[rpc][unit]") {
  CHECK_FALSE(Policy::Parse("[]").ok());
  CHECK_FALSE(Policy::Parse(R"({"allow_rules": [{"name": "no source"}]})").ok());
  CHECK_FALSE(Policy::Parse(R"({"alow_rules": []})").ok());
}

TEST_CASE("A condition that is not understood does not become a rule without it", "[rpc][unit]") {
  const auto parse = [](const char* rule) {
    return Policy::Parse(absl::StrCat(R"({"allow_rules": [)", rule, "]}")).ok();
  };
  CHECK(parse(R"({"name": "r", "source": {"principals": ["*"]}, "request": {"paths": ["*"]}})"));
  CHECK_FALSE(parse(
      R"({"source": {"principals": ["*"]}, "request": {"paths": ["*"], "headers": [{"key": "x"}]}})"));
  CHECK_FALSE(parse(
      R"({"source": {"principals": ["*"], "notPrincipals": ["a"]}, "request": {"paths": ["*"]}})"));
  CHECK_FALSE(
      parse(R"({"source": {"principals": ["*"]}, "request": {"paths": ["*"]}, "when": []})"));
}

TEST_CASE("The policy in use opens agency services to case systems alone", "[rpc][unit]") {
  const absl::StatusOr<Policy> policy = Policy::Load("services/policy.json");
  REQUIRE_OK(policy);
  const auto allows = [&policy](const char* process, const char* path) {
    return policy->Allows(std::string("spiffe://bitrade.local/") + process, path);
  };
  CHECK(allows("case-system/any", "/bitrade.appointments.v1.MatterAgencyService/RegisterMatter"));
  CHECK_FALSE(allows("gateway", "/bitrade.appointments.v1.MatterAgencyService/RegisterMatter"));
  CHECK(allows("gateway", "/bitrade.appointments.v1.AppointmentService/ListAppointments"));
  CHECK_FALSE(
      allows("case-system/any", "/bitrade.appointments.v1.AppointmentService/ListAppointments"));
  CHECK(allows("registry", "/bitrade.identity.v1.PersonService/EnsurePerson"));
  CHECK_FALSE(allows("gateway", "/bitrade.identity.v1.PersonService/EnsurePerson"));
  CHECK_FALSE(
      allows("appointments", "/bitrade.documents.v1.DocumentDisposalService/DisposeContent"));
}

}  // namespace
}  // namespace bitrade::rpc
