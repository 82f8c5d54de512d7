#include "gateway/openapi/contract.h"

#include "gateway/openapi/catalogue.h"
#include "services/common/testing/catch.h"

namespace bitrade::openapi {
namespace {

using ::bitrade::testing::CodeOf;

TEST_CASE("A comment is taken apart into summary, text and reasons", "[openapi][gateway]") {
  const Comment comment = ParseComment(
      " Files a statement. Source: 20 § rättshjälpslagen.\n It stays as it is.\n\n Reasons: "
      "NOT_FOUND,\n"
      " ETAG_MISMATCH.\n");
  CHECK(comment.summary == "Files a statement.");
  CHECK(comment.text == "Files a statement. Source: 20 § rättshjälpslagen. It stays as it is.");
  CHECK(comment.reasons == std::vector<std::string>{"NOT_FOUND", "ETAG_MISMATCH"});
}

TEST_CASE("A sentence does not end within an abbreviation", "[openapi][gateway]") {
  CHECK(ParseComment("Counts e.g. travel. Then more.").summary == "Counts e.g. travel.");
}

TEST_CASE("Bytes that are no descriptor set are refused", "[openapi][gateway]") {
  CHECK(CodeOf(Contract::Load("\xff")) == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("Reasons are found by name, with the code that they were declared with",
          "[openapi][gateway]") {
  const auto catalogue = Catalogue::Load(
      R"([{"name": "GONE", "code": "FailedPrecondition", "title": "Gone", "detail": "It is gone."}])");
  REQUIRE_OK(catalogue);
  CHECK(catalogue->Find("ELSE") == nullptr);
  REQUIRE(catalogue->Find("GONE") != nullptr);
  CHECK(catalogue->Find("GONE")->code == absl::StatusCode::kFailedPrecondition);
  CHECK(std::string(catalogue->Find("GONE")->english.detail) == "It is gone.");
}

TEST_CASE("A reason with a code that does not exist is refused", "[openapi][gateway]") {
  const char* json = GENERATE(R"([{"name": "A", "code": "Nonsense"}])", R"([{"name": "A"}])", "{}");
  CHECK(CodeOf(Catalogue::Load(json)) == absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bitrade::openapi
