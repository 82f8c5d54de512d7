#include "services/billing/rates/store.h"

#include "absl/strings/str_cat.h"
#include "migrations/billing_schema.h"
#include "services/billing/domain/testing/rates_file.h"
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

TEST_CASE("The database keeps two rates of a kind from holding on one day", "[billing][postgres]") {
  testing::Database database(billing_schema());
  const auto add = [&](const std::string& values) {
    return database.Run(
        "INSERT INTO rate (kind, f_tax, amount, valid_from, valid_to, source, "
        "derived) VALUES " +
        values);
  };
  CHECK_THROWS(add("('HOURLY_NORM', true, 1, '2026-12-31', '2027-12-31', 'x', false)"));
  CHECK_THROWS(add("('VAT', NULL, 1, '2030-01-01', NULL, 'x', false)"));
  add("('HOURLY_NORM', true, 1, '2199-01-01', '2199-12-31', 'x', false)");
  add("('HOURLY_NORM', false, 1, '2199-01-01', '2199-12-31', 'x', false)");
  CHECK(database.Run("SELECT 1 FROM rate WHERE valid_from = '2199-01-01'").size() == 2);
}

}  // namespace
}  // namespace bitrade::billing
