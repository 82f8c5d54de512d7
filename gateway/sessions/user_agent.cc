#include "gateway/sessions/user_agent.h"

#include "absl/strings/match.h"

namespace bitrade::gateway {
namespace {

// Nearly every browser claims to be those that came before it: the first that matches counts.
constexpr struct {
  absl::string_view mark, family;
} kFamilies[] = {{"Edg", "EDGE"},       {"OPR/", "OPERA"},    {"Firefox/", "FIREFOX"},
                 {"FxiOS/", "FIREFOX"}, {"CriOS/", "CHROME"}, {"Chrome/", "CHROME"},
                 {"Safari/", "SAFARI"}};

}  // namespace

absl::string_view UserAgentFamily(absl::string_view user_agent) {
  for (const auto& [mark, family] : kFamilies) {
    if (absl::StrContains(user_agent, mark)) return family;
  }
  return "OTHER";
}

}  // namespace bitrade::gateway
