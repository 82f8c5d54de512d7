#include "tests/eid-sim/oidc/login_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/eid-sim/oidc/http_answers.h"

namespace bitrade::eidsim::oidc {
namespace {

std::string Option(absl::string_view value, absl::string_view text) {
  return absl::StrCat("<option value=\"", HtmlText(value), "\">", HtmlText(text), "</option>");
}

std::string Button(absl::string_view action, absl::string_view label) {
  return absl::StrCat("<button name=\"action\" value=\"", action, "\">", label, "</button> ");
}

std::string PersonOptions(const std::vector<Person>& persons) {
  return absl::StrJoin(persons, "", [](std::string* out, const Person& person) {
    absl::StrAppend(out, Option(person.personal_number,
                                absl::StrCat(person.name, " ", person.personal_number)));
  });
}

std::string Wanted(const AuthorizationRequest& request) {
  return request.acr_values.empty() ? "any level" : absl::StrJoin(request.acr_values, ", ");
}

}  // namespace

std::string LoginPage(const Authorization& login, const std::vector<Person>& persons) {
  const AuthorizationRequest& request = login.request;
  return absl::StrCat(
      "<h1>A simulated Telia e-legitimation</h1><p><strong>", HtmlText(request.client_id),
      "</strong> asks who you are: ", HtmlText(Wanted(request)), ".</p><form method=\"post\">",
      "<p><label>Person <select name=\"person\">", PersonOptions(persons),
      "</select></label> <label>Level <select name=\"acr\">", Option("loa3", "loa3"),
      Option("loa4", "loa4"), Option("loa2", "loa2"),
      Option("uncertified-loa3", "uncertified-loa3"), "</select></label></p><p>",
      Button("approve", "Log in"), Button("access_denied", "Cancel"),
      Button("server_error", "Fail"), "</p></form>");
}

}  // namespace bitrade::eidsim::oidc
