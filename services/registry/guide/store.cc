#include "services/registry/guide/store.h"

#include <string>

namespace bitrade::registry {

using postgres::Statement;

// A dozen rows.
constexpr Statement kSteps{"guide_steps", R"sql(
    SELECT code, position, title_swedish, title_english, text_swedish, text_english FROM guide_step ORDER BY position)sql"};

std::vector<GuideStep> GuideStore::Steps(postgres::Transaction& tx) {
  std::vector<GuideStep> steps;
  for (const auto& row : tx.Exec(kSteps)) {
    steps.push_back({.code = row[0].as<std::string>(),
                     .position = row[1].as<int>(),
                     .title_swedish = row[2].as<std::string>(),
                     .title_english = row[3].as<std::string>(),
                     .text_swedish = row[4].as<std::string>(),
                     .text_english = row[5].as<std::string>()});
  }
  return steps;
}

}  // namespace bitrade::registry
