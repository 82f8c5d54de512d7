#include "services/common/rpc/policy.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

constexpr char kPolicy[] = R"json({
  "name": "test",
  "deny_rules": [{"name": "d", "source": {"principals": ["spiffe://d/bad"]}, "request": {"paths": ["*"]}}],
  "allow_rules": [
    {"name": "a", "source": {"principals": ["spiffe://d/case-system/a"]}, "request": {"paths": ["/p.AgencyService/*"]},
     "reach": {"authorities": ["MIGRATION_AGENCY"], "categories": ["ASYLUM_ADULT", "ASYLUM_FAMILY"]}},
    {"name": "b", "source": {"principals": ["spiffe://d/gateway", "spiffe://d/bad"]}, "request": {"paths": ["/p.S/One", "*/Check"]}}]})json";

// A policy with one rule to allow.
bool IsRead(absl::string_view rule) {
  return Policy::Parse(absl::StrCat(R"({"name": "p", "allow_rules": [)", rule, "]}")).ok();
}

constexpr char kRule[] =
    R"({"name": "r", "source": {"principals": ["spiffe://d/x"]}, "request": {"paths": ["/p.S/*"]}})";

TEST_CASE("Nobody is let in whom no rule allows", "[rpc][unit]") {
  const Policy policy = Policy::Parse(kPolicy).value();
  CHECK(policy.Allows("spiffe://d/gateway", "/p.S/One"));
  CHECK(policy.Allows("spiffe://d/gateway", "/q.T/Check"));
  CHECK_FALSE(policy.Allows("spiffe://d/gateway", "/p.S/Two"));
  CHECK(policy.Allows("spiffe://d/case-system/a", "/p.AgencyService/Any"));
  CHECK_FALSE(policy.Allows("spiffe://d/case-system/b", "/p.AgencyService/Any"));
  CHECK_FALSE(policy.Allows("spiffe://d/stranger", "/p.S/One"));
}

TEST_CASE("A deny rule beats every allow rule", "[rpc][unit]") {
  CHECK_FALSE(Policy::Parse(kPolicy)->Allows("spiffe://d/bad", "/p.S/One"));
}

TEST_CASE("A case system reaches the authorities and categories of its entry and no others",
          "[rpc][unit]") {
  const Policy policy = Policy::Parse(kPolicy).value();
  const Reach reach = policy.ReachOf("spiffe://d/case-system/a");
  CHECK(reach.Covers("MIGRATION_AGENCY", "ASYLUM_FAMILY"));
  CHECK_FALSE(reach.Covers("MIGRATION_AGENCY", "DETENTION"));
  CHECK_FALSE(reach.Covers("POLICE_AUTHORITY", "ASYLUM_FAMILY"));
  for (const char* holder : {"spiffe://d/case-system/b", "spiffe://d/gateway"}) {
    CHECK_FALSE(policy.ReachOf(holder).Covers("MIGRATION_AGENCY", "ASYLUM_ADULT"));
  }
  const Reach all{.authorities = {"*"}, .categories = {"*"}};
  CHECK(all.Covers("POLICE_AUTHORITY", "DETENTION"));
  CHECK_FALSE(all.Covers("", "DETENTION"));
}

TEST_CASE("A malformed policy is refused as a whole", "[rpc][unit]") {
  for (const char* text :
       {"", "[]", "{}", R"({"name": "p"})", R"({"allow_rules": []})",
        R"({"name": "p", "allow_rules": {}})", R"({"name": "p", "alow_rules": []})",
        R"({"name": "p", "allow_rules": [], "allow_rules": []})",
        R"({"name": "p", "allow_rules": []} more)", R"({"name": "p", "allow_rules": [],})",
        R"({"name": "", "allow_rules": []})", R"({"name": "p", "allow_rules": [7]})",
        "{\"name\": \"\xff\", \"allow_rules\": []}"}) {
    INFO(text);
    CHECK_FALSE(Policy::Parse(text).ok());
  }
  CHECK(Policy::Parse(R"({"name": "p", "allow_rules": []})").ok());
}

TEST_CASE("A condition that is not understood does not become a rule without it", "[rpc][unit]") {
  REQUIRE(IsRead(kRule));
  const std::pair<const char*, const char*> changes[] = {
      {R"("name": "r", )", ""},
      {R"("name": "r", )", R"("name": "r", "name": "s", )"},
      {R"(["/p.S/*"])", R"(["/p.S/*"], "headers": [{"key": "x"}])"},
      {R"(["spiffe://d/x"])", R"(["spiffe://d/x"], "notPrincipals": ["a"])"},
      {R"("name": "r", )", R"("name": "r", "when": [], )"},
      {R"("source": )", R"("sources": )"},
      {R"(["spiffe://d/x"])", "[]"},
      {R"(["spiffe://d/x"])", R"([""])"},
      {R"(["spiffe://d/x"])", R"("spiffe://d/x")"},
      {R"(["spiffe://d/x"])", "[1]"},
      {R"("/p.S/*")", R"("/p.*/One")"},
      {R"("/p.S/*")", R"("*.S/*")"}};
  for (const auto& [from, to] : changes) {
    const std::string changed = absl::StrReplaceAll(kRule, {{from, to}});
    INFO(changed);
    REQUIRE(changed != kRule);
    CHECK_FALSE(IsRead(changed));
  }
}

TEST_CASE("Every case system has one reach, and nobody else has any", "[rpc][unit]") {
  const auto rule = [](const char* principal, const char* reach) {
    return absl::StrCat(R"({"name": "r", "source": {"principals": [")", principal,
                        R"("]}, "request": {"paths": ["*"]})", reach, "}");
  };
  constexpr char kReach[] = R"(, "reach": {"authorities": ["A"], "categories": ["*"]})";
  CHECK(IsRead(rule("spiffe://d/case-system/a", kReach)));
  CHECK_FALSE(IsRead(rule("spiffe://d/case-system/a", "")));
  CHECK_FALSE(IsRead(rule("spiffe://d/case-system/*", kReach)));
  CHECK_FALSE(IsRead(rule("spiffe://d/gateway", kReach)));
  CHECK_FALSE(IsRead(absl::StrCat(rule("spiffe://d/case-system/a", kReach), ",",
                                  rule("spiffe://d/case-system/a", kReach))));
  for (const char* reach :
       {R"(, "reach": {"authorities": ["A"]})",
        R"(, "reach": {"authorities": [], "categories": ["*"]})",
        R"(, "reach": {"authorities": ["A*"], "categories": ["*"]})", R"(, "reach": "*")",
        R"(, "reach": {"authorities": ["A"], "categories": ["*"], "offices": ["*"]})"}) {
    INFO(reach);
    CHECK_FALSE(IsRead(rule("spiffe://d/case-system/a", reach)));
  }
}

TEST_CASE("The policy in use opens agency services to case systems alone", "[rpc][unit]") {
  const absl::StatusOr<Policy> policy = Policy::Load("services/policy.json");
  REQUIRE_OK(policy);
  const auto allows = [&policy](const char* process, const char* path) {
    return policy->Allows(std::string("spiffe://bitrade.local/") + process, path);
  };
  constexpr char kRegister[] = "/bitrade.appointments.v1.MatterAgencyService/RegisterMatter";
  constexpr char kList[] = "/bitrade.appointments.v1.AppointmentService/ListAppointments";
  CHECK(allows("case-system/journey", kRegister));
  CHECK_FALSE(allows("case-system/unknown", kRegister));
  CHECK_FALSE(allows("gateway", kRegister));
  CHECK(allows("gateway", kList));
  CHECK_FALSE(allows("case-system/journey", kList));
  CHECK_FALSE(allows("case-system/journey", "/grpc.health.v1.Health/Check"));
  CHECK(allows("registry", "/bitrade.identity.v1.PersonService/EnsurePerson"));
  CHECK_FALSE(allows("gateway", "/bitrade.identity.v1.PersonService/EnsurePerson"));
  CHECK_FALSE(
      allows("appointments", "/bitrade.documents.v1.DocumentDisposalService/DisposeContent"));
}

}  // namespace
}  // namespace bitrade::rpc
