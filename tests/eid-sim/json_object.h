// Strict reading of JSON objects: each member is asked for by name and type, and what nobody asked
// for is a fault.
//
//   ASSIGN_OR_RETURN(JsonObject body, JsonObject::Parse(request.body));
//   const std::string order_ref = body.Text("orderRef");
//   RETURN_IF_ERROR(body.Finish());
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::eidsim {

// What becomes of members that nobody asked for.
enum class UnknownMembers { kRefuse, kIgnore };

// The first fault is kept until Finish; a faulty member reads as empty.
class JsonObject {
 public:
  // Errors: INVALID_ARGUMENT for a text that is not one JSON object in UTF-8.
  static absl::StatusOr<JsonObject> Parse(absl::string_view text);

  std::string Text(const char* name);  // must be there
  std::optional<std::string> OptionalText(const char* name);
  std::optional<int64_t> OptionalInteger(const char* name);
  std::optional<bool> OptionalFlag(const char* name);
  std::optional<std::vector<std::string>> OptionalTexts(const char* name);
  std::optional<std::vector<std::string>> OptionalTextOrTexts(const char* name);
  std::optional<JsonObject> OptionalObject(const char* name);
  std::vector<JsonObject> OptionalObjects(const char* name);

  bool empty() const;
  bool Has(const char* name) const;  // whatever its type; does not count as asking

  // Records a fault in the value of a member.
  void Refuse(absl::string_view name);

  // Errors: INVALID_ARGUMENT with the first fault, an unknown or repeated member included unless
  // those are ignored.
  absl::Status Finish(UnknownMembers unknown = UnknownMembers::kRefuse);

 private:
  struct Node;
  explicit JsonObject(std::shared_ptr<Node> node) : node_(std::move(node)) {}

  std::shared_ptr<Node> node_;
};

}  // namespace bitrade::eidsim
