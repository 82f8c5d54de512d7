#include "gateway/transcoding/path_template.h"

#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

TEST_CASE("A template is literals and captures", "[transcoding][path]") {
  const auto path = PathTemplate::Parse("/bitrade/v1/appointments/{id}/documents");
  REQUIRE_OK(path);
  REQUIRE(path->segments().size() == 5);
  CHECK(path->segments()[2].text == "appointments");
  CHECK(path->segments()[3].is_capture);
  CHECK(path->segments()[3].text == "id");
}

TEST_CASE("A template that is no path is refused", "[transcoding][path]") {
  for (const char* text : {"", "bitrade", "/a//b", "/a/", "/{}", "/{A}", "/x{id}", "/{id", "/id}",
                           "/{id}/{id}", "/{a=b}", "/{id}:cancel"}) {
    INFO(text);
    CHECK_FALSE(PathTemplate::Parse(text).ok());
  }
}

TEST_CASE("A path is split first and decoded then", "[transcoding][path]") {
  const auto segments = SplitPath("/a%2Fb/%c3%A5/");
  REQUIRE(segments);
  CHECK(*segments == std::vector<std::string>{"a/b", "å", ""});
}

TEST_CASE("A broken percent escape is no path", "[transcoding][path]") {
  for (const char* text : {"/%", "/%a", "/%g0", "/a%2", "a"}) {
    INFO(text);
    CHECK_FALSE(SplitPath(text));
  }
}

TEST_CASE("What is encoded decodes to itself", "[transcoding][path]") {
  const std::string text = "å&=?/ \"%~";
  CHECK(PercentEncode(text) == "%C3%A5%26%3D%3F%2F%20%22%25~");
  CHECK(PercentDecode(PercentEncode(text)) == text);
}

}  // namespace
}  // namespace bitrade::gateway
