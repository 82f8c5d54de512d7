#include "gateway/openapi/tree.h"

#include "services/common/testing/catch.h"

namespace bitrade::openapi {
namespace {

TEST_CASE("Members keep the order in which they came", "[openapi][gateway]") {
  Tree tree;
  tree["zeta"] = "1";
  tree["alpha"] = Tree::Integer(2);
  CHECK(ToJson(tree) == "{\n  \"zeta\": \"1\",\n  \"alpha\": 2\n}\n");
}

TEST_CASE("YAML quotes texts and names that could be taken for something else",
          "[openapi][gateway]") {
  Tree tree;
  tree["no"] = "yes";
  tree["200"]["description"] = "a: \"b\"\nc";
  tree["list"] = Tree::List({Tree::Bool(true), Tree::List(), Tree::Object({{"only", "text"}})});
  CHECK(ToYaml(tree) ==
        "\"no\": \"yes\"\n"
        "\"200\":\n"
        "  description: \"a: \\\"b\\\"\\nc\"\n"
        "list:\n"
        "  - true\n"
        "  - []\n"
        "  -\n"
        "    only: \"text\"\n");
}

TEST_CASE("JSON text becomes the tree that it says", "[openapi][gateway]") {
  const std::string json = "{\n  \"a\": [\n    1.5,\n    null,\n    false\n  ],\n  \"b\": {}\n}\n";
  CHECK(ToJson(Tree::FromJson(json)) == json);
}

TEST_CASE("What is no JSON is nothing", "[openapi][gateway]") {
  CHECK(Tree::FromJson("{").kind() == Tree::Kind::kNull);
}

}  // namespace
}  // namespace bitrade::openapi
