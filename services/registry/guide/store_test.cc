#include "services/registry/guide/store.h"

#include "migrations/registry_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::registry {
namespace {

TEST_CASE("The guide's steps come in order and in both languages", "[registry][postgres]") {
  testing::Database database(registry_schema());
  REQUIRE_OK(database.connection().Read([](postgres::Transaction& tx) -> absl::Status {
    const std::vector<GuideStep> steps = GuideStore().Steps(tx);
    REQUIRE(steps.size() >= 5);
    for (size_t i = 0; i < steps.size(); ++i) CHECK(steps[i].position == static_cast<int>(i) + 1);
    CHECK(steps.front().title_swedish != steps.front().title_english);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::registry
