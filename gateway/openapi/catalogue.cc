#include "gateway/openapi/catalogue.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/tree.h"

namespace bitrade::openapi {
namespace {

// "FailedPrecondition" as "FAILED_PRECONDITION", which is how Abseil spells it.
std::string UpperSnake(absl::string_view camel) {
  std::string snake;
  for (const char c : camel) {
    if (absl::ascii_isupper(c) && !snake.empty()) snake.push_back('_');
    snake.push_back(absl::ascii_toupper(c));
  }
  return snake;
}

std::optional<absl::StatusCode> CodeNamed(absl::string_view name) {
  constexpr int kLast = static_cast<int>(absl::StatusCode::kUnauthenticated);
  const std::string wanted = UpperSnake(name);
  for (int code = 1; code <= kLast; ++code) {
    if (absl::StatusCodeToString(static_cast<absl::StatusCode>(code)) == wanted) {
      return static_cast<absl::StatusCode>(code);
    }
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Catalogue> Catalogue::Load(const std::string& json) {
  Tree rows = Tree::FromJson(json);
  if (rows.kind() != Tree::Kind::kList) return absl::InvalidArgumentError("no list of reasons");
  Catalogue catalogue;
  for (Tree row : rows.items()) {
    const std::optional<absl::StatusCode> code = CodeNamed(row["code"].text());
    if (!code) return absl::InvalidArgumentError(absl::StrCat("no code: ", row["code"].text()));
    auto entry = std::make_unique<Entry>(
        Entry{row["name"].text(), row["title"].text(), row["detail"].text(), {}});
    const Text text{entry->title.c_str(), entry->detail.c_str()};
    entry->reason = Reason{entry->name.c_str(), *code, text, text};
    const std::string name = entry->name;
    catalogue.entries_.emplace(name, std::move(entry));
  }
  return catalogue;
}

const Reason* Catalogue::Find(absl::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second->reason;
}

}  // namespace bitrade::openapi
