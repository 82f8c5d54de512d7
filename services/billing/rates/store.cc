#include "services/billing/rates/store.h"

#include <utility>

#include "services/common/postgres/values.h"

namespace bitrade::billing {
namespace {

using postgres::Statement;

Rate ReadRow(const pqxx::row& row) {
  Rate rate;
  rate.kind = ParseRateKind(row[0].as<std::string>()).value_or(RateKind::kHourlyNorm);
  if (!row[1].is_null()) rate.f_tax = row[1].as<bool>();
  rate.amount = row[2].as<int64_t>();
  rate.valid_from = postgres::ReadDate(row[3]);
  rate.valid_to = postgres::ReadOptionalDate(row[4]);
  rate.source = row[5].as<std::string>();
  rate.derived = row[6].as<bool>();
  return rate;
}

}  // namespace

// Some tens of rows.
constexpr Statement kAll{"rates_all", R"sql(
    SELECT kind, f_tax, amount, valid_from, valid_to, source, derived FROM rate)sql"};

RateTable RateStore::All(postgres::Transaction& tx) const {
  std::vector<Rate> rates;
  for (const auto& row : tx.Exec(kAll)) rates.push_back(ReadRow(row));
  return RateTable(std::move(rates));
}

}  // namespace bitrade::billing
