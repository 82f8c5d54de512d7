// A JSON object from a foreign hand, read strictly: no member twice, nothing deep, UTF-8 alone.
//
//   ASSIGN_OR_RETURN(const JsonObject claims, JsonObject::Parse(payload));
//   if (claims.Text("iss") != issuer) …
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::identity::oidc {

// A value; copies share what they read from.
class JsonObject {
 public:
  // Errors: OIDC_ANSWER_REFUSED with fault FORM.
  static absl::StatusOr<JsonObject> Parse(absl::string_view json);

  bool Has(absl::string_view name) const { return Find(name) != nullptr; }
  // A text; "" for a member that is missing or no text.
  std::string Text(absl::string_view name) const;
  // One text, or a list of nothing but texts; empty for anything else.
  std::vector<std::string> Texts(absl::string_view name) const;
  // A number of seconds since 1970 (NumericDate); nullopt for anything else.
  std::optional<absl::Time> Time(absl::string_view name) const;
  // Whether a member is there and true.
  bool IsTrue(absl::string_view name) const;
  std::optional<JsonObject> Object(absl::string_view name) const;
  // A list of nothing but objects; nullopt for anything else.
  std::optional<std::vector<JsonObject>> Objects(absl::string_view name) const;

 private:
  JsonObject(std::shared_ptr<const rapidjson::Document> document, const rapidjson::Value& object)
      : document_(std::move(document)), object_(&object) {}

  const rapidjson::Value* Find(absl::string_view name) const;

  std::shared_ptr<const rapidjson::Document> document_;
  const rapidjson::Value* object_;  // within the document
};

}  // namespace bitrade::identity::oidc
