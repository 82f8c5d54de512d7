#include "gateway/openapi/document.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/openapi/testing/sample_document.h"
#include "services/common/testing/catch.h"

namespace bitrade::openapi {
namespace {

using testing::SampleDocument;

std::vector<std::string> Names(const Tree& object) {
  std::vector<std::string> names;
  for (const auto& [name, member] : object.members()) names.push_back(name);
  return names;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The parameters of an operation: names, or the keys of shared ones.
std::vector<std::string> ParametersOf(Tree operation) {
  std::vector<std::string> names;
  for (Tree parameter : operation["parameters"].items()) {
    std::string shared = parameter["$ref"].text();
    shared.erase(0, shared.rfind('/') + 1);
    names.push_back(shared.empty() ? parameter["name"].text() : shared);
  }
  return names;
}

Tree Sent(Tree operation) {
  return operation["requestBody"]["content"]["application/json"]["examples"]["example"]["value"];
}

Tree Answered(Tree operation, const char* status) {
  return operation["responses"][status]["content"]["application/json"]["examples"]["example"]
                  ["value"];
}

TEST_CASE("Paths have captures in camel case and stand below the server's address",
          "[openapi][gateway]") {
  Tree document = SampleDocument();
  const auto paths = Names(document["paths"]);
  CHECK(Contains(paths, "/notes/{noteId}/filing"));
  CHECK(std::is_sorted(paths.begin(), paths.end()));
  CHECK(document["servers"].items().at(0).members().at(0).second.text() ==
        "https://bitrade.example/bitrade/v1");
}

TEST_CASE("What only we call is not documented", "[openapi][gateway]") {
  CHECK(ToJson(SampleDocument()).find("countNotes") == std::string::npos);
}

TEST_CASE("A change by a known caller has the headers that guard it", "[openapi][gateway]") {
  Tree paths = SampleDocument()["paths"];
  const auto made = ParametersOf(paths["/notes"]["post"]);
  CHECK(Contains(made, "CsrfToken"));
  CHECK(Contains(made, "IdempotencyKey"));
  CHECK_FALSE(Contains(made, "IfMatch"));
  CHECK(Contains(ParametersOf(paths["/notes/{id}"]["patch"]), "IfMatch"));
}

TEST_CASE("A public route needs neither session nor token", "[openapi][gateway]") {
  Tree list = SampleDocument()["paths"]["/notes"]["get"];
  CHECK(list["security"].kind() == Tree::Kind::kList);
  CHECK(list["security"].empty());
  CHECK_FALSE(Contains(ParametersOf(list), "CsrfToken"));
}

TEST_CASE("Query parameters are the fields that neither path, body nor headers fill",
          "[openapi][gateway]") {
  Tree paths = SampleDocument()["paths"];
  const auto names = ParametersOf(paths["/notes"]["get"]);
  CHECK(std::vector<std::string>(names.begin(), names.begin() + 3) ==
        std::vector<std::string>{"limit", "page", "cursor"});
  CHECK(Contains(names, "unreadOnly"));
  CHECK(ParametersOf(paths["/notes/{id}"]["get"]).front() == "id");
}

TEST_CASE("A body's example has what a client sends and nothing else", "[openapi][gateway]") {
  Tree example = Sent(SampleDocument()["paths"]["/notes"]["post"]);
  CHECK_FALSE(example.Has("idempotencyKey"));
  CHECK_FALSE(example.Has("browser"));
  CHECK_FALSE(example["note"].Has("id"));
  CHECK_FALSE(example["note"].Has("transitions"));
  CHECK(example["note"]["textBody"].text() == "Hej");
}

TEST_CASE("A merge patch is taken under both of its media types", "[openapi][gateway]") {
  Tree patch = SampleDocument()["paths"]["/notes/{id}"]["patch"];
  CHECK(Names(patch["requestBody"]["content"]) ==
        std::vector<std::string>{"application/merge-patch+json", "application/json"});
}

TEST_CASE("A page counts and links instead of showing its cursors", "[openapi][gateway]") {
  Tree page = Answered(SampleDocument()["paths"]["/notes"]["get"], "200");
  CHECK(Names(page) == std::vector<std::string>{"notes", "_meta", "_links"});
}

TEST_CASE("A resource with a version says so in its header", "[openapi][gateway]") {
  Tree paths = SampleDocument()["paths"];
  CHECK(paths["/notes"]["post"]["responses"]["201"]["headers"].Has("ETag"));
  CHECK_FALSE(paths["/notes"]["get"]["responses"]["200"]["headers"].Has("ETag"));
}

TEST_CASE("Problems stand under the status that a client sees", "[openapi][gateway]") {
  Tree document = SampleDocument();
  Tree responses = document["paths"]["/notes/{id}"]["patch"]["responses"];
  CHECK(responses["412"]["$ref"].text() == "#/components/responses/ETAG_MISMATCH");
  CHECK(responses["422"]["$ref"].text() == "#/components/responses/INVALID_REQUEST");
  CHECK(responses["400"]["$ref"].text() == "#/components/responses/MALFORMED_REQUEST");
  CHECK(document["components"]["responses"]["RATE_LIMITED"]["headers"].Has("Retry-After"));
  CHECK(document["components"]["examples"]["NOT_FOUND"]["value"]["status"].text() == "404");
}

TEST_CASE("A reason that nobody declares is seen in the document", "[openapi][gateway]") {
  Tree responses = SampleDocument()["paths"]["/notes"]["post"]["responses"];
  REQUIRE(responses.Has("4XX"));
  CHECK(responses["4XX"]["$ref"].text().find("IDEMPOTENCY_KEY_REUSED") != std::string::npos);
}

TEST_CASE("An enumeration tells its values in words", "[openapi][gateway]") {
  Tree colour = SampleDocument()["components"]["schemas"]["Note"]["properties"]["colour"];
  CHECK(colour["description"].text() == "* `BLUE`: As the sky.");
}

TEST_CASE("A field without a comment is told by the house's names", "[openapi][gateway]") {
  Tree document = SampleDocument();
  CHECK(document["paths"]["/notes/{noteId}/filing"]["post"]["parameters"]
            .items()
            .at(0)
            .members()
            .at(2)
            .second.text() == "The id of the note.");
  CHECK(document["components"]["schemas"]["Note"]["properties"]["etag"]["description"].text() ==
        "The version, as the header ETag has it.");
}

TEST_CASE("The lists for reviewers name every route and every RPC", "[openapi][gateway]") {
  CHECK(testing::SampleRoutes().find(
            "PATCH /bitrade/v1/notes/{id} bitrade.gateway.sample.NoteService.UpdateNote\n") !=
        std::string::npos);
  CHECK(
      testing::SampleAccess().find(
          "| `bitrade.gateway.sample.NoteService.CountNotes` | SERVICE | yes | service | NONE |") !=
      std::string::npos);
}

}  // namespace
}  // namespace bitrade::openapi
