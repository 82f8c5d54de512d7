#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "tests/eid-sim/oidc/authorization_request.h"
#include "tests/eid-sim/oidc/testing/relying_party.h"

namespace bitrade::eidsim::oidc {
namespace {

using testing::LocationOf;
using testing::QueryOf;
using testing::RelyingParty;

std::string ErrorOf(RelyingParty& at, const JsonMembers& claims) {
  return ValueOf(QueryOf(LocationOf(at.Ask(claims))), "error");
}

TEST_CASE("What the profile asks for is accepted", "[eid-sim][unit]") {
  RelyingParty at;
  CHECK(absl::StrContains(LocationOf(at.Ask(at.Wanted())), "/interaction/"));
}

TEST_CASE("A request that breaks the profile goes back with its error", "[eid-sim][unit]") {
  RelyingParty at;
  const struct {
    const char* member;
    const char* json;
    const char* error;
  } cases[] = {
      {"response_type", R"("token")", "invalid_request"},  // contradicts the query
      {"response_mode", R"("form_post")", "invalid_request"},
      {"scope", R"("openid profile")", "invalid_scope"},
      {"scope", R"("https://id.oidc.se/scope/naturalPersonInfo")", "invalid_scope"},
      {"state", R"("short")", "invalid_request"},
      {"prompt", R"("none")", "login_required"},
      {"max_age", "-1", "invalid_request"},
      {"code_challenge_method", R"("plain")", "invalid_request"},
      {"code_challenge", R"("short")", "invalid_request"},
      {"acr_values", R"("http://id.elegnamnden.se/loa/1.0/loa3")", "invalid_request"},
      {"claims", R"("no JSON")", "invalid_request"},
      {"login_hint", R"("191212121212")", "invalid_request"},
      {"iss", R"("somebody")", "invalid_request_object"},
      {"aud", R"("https://elsewhere.example")", "invalid_request_object"},
      {"exp", "1764000000", "invalid_request_object"},
      {"nbf", "1764000001", "invalid_request_object"},
      {"request", R"("e30.e30.AAAA")", "invalid_request_object"},
  };
  for (const auto& bad : cases) {
    INFO(bad.member << " " << bad.json);
    JsonMembers claims = at.Wanted();
    claims.Json(bad.member, bad.json);
    // An object that does not hold says nothing: the redirect URI is the query's then.
    const HttpAnswer answer = at.Get(WithQuery("/authorize", {{"client_id", "bitrade"},
                                                              {"response_type", "code"},
                                                              {"redirect_uri", testing::kCallback},
                                                              {"request", at.Signed(claims)}}));
    CHECK(ValueOf(QueryOf(LocationOf(answer)), "error") == bad.error);
  }
}

TEST_CASE("PKCE and a signed object are demanded", "[eid-sim][unit]") {
  RelyingParty at;
  JsonMembers plain = at.Wanted();
  plain.Remove("code_challenge");
  CHECK(ErrorOf(at, plain) == "invalid_request");
  const Parameters unsigned_ones = {
      {"client_id", "bitrade"}, {"redirect_uri", testing::kCallback}, {"state", testing::kState}};
  const Form back = QueryOf(LocationOf(at.Get(WithQuery("/authorize", unsigned_ones))));
  CHECK(ValueOf(back, "error") == "invalid_request");
  CHECK(ValueOf(back, "state") == testing::kState);
}

TEST_CASE("A stranger and a strange redirect URI lead nowhere", "[eid-sim][unit]") {
  RelyingParty at;
  CHECK(at.Get("/authorize?client_id=stranger").status == 400);
  const HttpAnswer strange =
      at.Ask(at.Wanted().Text("redirect_uri", "https://bitrade.example/elsewhere"));
  CHECK(strange.status == 400);
  CHECK(LocationOf(strange).empty());
  RelyingParty impostor;  // has a key of its own
  const HttpAnswer forged = at.Get(WithQuery(
      "/authorize", {{"client_id", "bitrade"}, {"request", impostor.Signed(at.Wanted())}}));
  CHECK(forged.status == 400);
}

TEST_CASE("Parameters that stand twice, and request_uri, are refused", "[eid-sim][unit]") {
  RelyingParty at;
  CHECK(at.Get("/authorize?client_id=bitrade&client_id=bitrade").status == 400);
  CHECK(at.Get("/authorize?client_id=%4").status == 400);
  const Form back = QueryOf(LocationOf(
      at.Get(WithQuery("/authorize", {{"client_id", "bitrade"},
                                      {"redirect_uri", testing::kCallback},
                                      {"request_uri", "https://bitrade.example/request"}}))));
  CHECK(ValueOf(back, "error") == "request_uri_not_supported");
}

TEST_CASE("No changed request leads to anywhere but the client and the log-in page",
          "[eid-sim][unit]") {
  RelyingParty at;
  std::mt19937 random(3);
  const std::string good = WithQuery("/authorize", {{"client_id", "bitrade"},
                                                    {"redirect_uri", testing::kCallback},
                                                    {"state", testing::kState},
                                                    {"request", at.Signed(at.Wanted())}});
  for (int round = 0; round < 2000; ++round) {
    std::string changed = good;
    const size_t place = 11 + random() % (changed.size() - 11);
    switch (random() % 3) {
      case 0:
        changed[place] = static_cast<char>(random() % 256);
        break;
      case 1:
        changed.erase(place, 1 + random() % 60);
        break;
      default:
        changed.insert(place, good.substr(random() % good.size(), 1 + random() % 60));
    }
    const std::string location = LocationOf(at.Get(changed));
    INFO(changed << " " << location);
    CHECK((location.empty() || absl::StartsWith(location, absl::StrCat(testing::kCallback, "?")) ||
           absl::StartsWith(location, absl::StrCat(testing::kIssuer, "/interaction/"))));
  }
}

}  // namespace
}  // namespace bitrade::eidsim::oidc
