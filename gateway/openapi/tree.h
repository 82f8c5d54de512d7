// A document of texts, numbers, lists and objects that keep their order, and its two notations.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::openapi {

// One value with all below it.
class Tree {
 public:
  enum class Kind { kNull, kBool, kNumber, kText, kList, kObject };

  // Makes an object without members.
  Tree() = default;
  // Makes a text. Implicit, so that a document is written as it reads: {{"title", "bitrade"}}.
  // NOLINTBEGIN(google-explicit-constructor): see above
  Tree(const char* text) : kind_(Kind::kText), text_(text) {}
  Tree(absl::string_view text) : kind_(Kind::kText), text_(text) {}
  Tree(std::string text) : kind_(Kind::kText), text_(std::move(text)) {}
  // NOLINTEND(google-explicit-constructor): see above

  static Tree Bool(bool value) { return {Kind::kBool, value ? "true" : "false"}; }
  static Tree Integer(int value) { return {Kind::kNumber, std::to_string(value)}; }
  static Tree List(std::vector<Tree> items = {});
  static Tree Object(std::vector<std::pair<std::string, Tree>> members);

  // Reads JSON text; a null where it is none.
  static Tree FromJson(absl::string_view json);

  // Returns the member of that name of an object; adds an empty object where there is none.
  Tree& operator[](absl::string_view name);

  // Adds an element to a list.
  void Add(Tree item) { items_.push_back(std::move(item)); }

  // Tells whether a list or an object has nothing in it.
  bool empty() const { return items_.empty() && members_.empty(); }
  bool Has(absl::string_view name) const;
  Kind kind() const { return kind_; }
  const std::string& text() const { return text_; }
  const std::vector<Tree>& items() const { return items_; }
  const std::vector<std::pair<std::string, Tree>>& members() const { return members_; }

 private:
  Tree(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}

  Kind kind_ = Kind::kObject;
  std::string text_;  // a text, or the literal of a number or truth value
  std::vector<Tree> items_;
  std::vector<std::pair<std::string, Tree>> members_;
};

// Returns the tree as JSON, indented by two, with a line end after it.
std::string ToJson(const Tree& tree);

// Returns the tree as YAML 1.2: block style, texts in quotation marks as JSON has them.
std::string ToYaml(const Tree& tree);

}  // namespace bitrade::openapi
