#include "services/billing/rates/store.h"

#include "absl/strings/str_cat.h"
#include "migrations/billing_schema.h"
#include "services/billing/domain/rates_file.h"
#include "services/common/testing/database.h"

namespace bitrade::billing {
namespace {

std::string TextOf(const Rate& rate) {
  return absl::StrCat(
      RateKindName(rate.kind), ";", rate.f_tax ? (*rate.f_tax ? "true" : "false") : "", ";",
      rate.amount, ";", FormatDate(rate.valid_from), ";",
      rate.valid_to ? FormatDate(*rate.valid_to) : "", ";", rate.source, ";", rate.derived);
}

TEST_CASE("The migrated rates are those that the pure tests compute with", "[billing][postgres]") {
  testing::Database database(billing_schema());
  const RateStore store;
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    const std::vector<Rate> stored = store.All(tx).List(std::nullopt);
    const std::vector<Rate> expected = RateTable(RatesFromFile()).List(std::nullopt);
    REQUIRE(stored.size() == expected.size());
    for (size_t i = 0; i < stored.size(); ++i) CHECK(TextOf(stored[i]) == TextOf(expected[i]));
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::billing
