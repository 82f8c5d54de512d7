// The rates of a test, read from the CSV that mirrors the migration.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/billing/domain/rates.h"
#include "services/common/base/dates.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {

// Returns the cells of each line of a semicolon-separated file but the first.
inline std::vector<std::vector<std::string>> ReadCsv(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) rows.push_back(absl::StrSplit(line, ';'));
  REQUIRE_FALSE(rows.empty());
  return rows;
}

inline int64_t Number(const std::string& cell) {
  int64_t number = 0;
  REQUIRE((cell.empty() || absl::SimpleAtoi(cell, &number)));
  return number;
}

inline std::vector<Rate> RatesFromFile() {
  std::vector<Rate> rates;
  for (const auto& cells : ReadCsv("services/billing/domain/testdata/rates.csv")) {
    REQUIRE(cells.size() == 7);
    rates.push_back(
        {.kind = ParseRateKind(cells[0]).value(),
         .f_tax = cells[1].empty() ? std::nullopt : std::optional<bool>(cells[1] == "true"),
         .amount = Number(cells[2]),
         .valid_from = ParseDate(cells[3]).value(),
         .valid_to = ParseDate(cells[4]),
         .source = cells[5],
         .derived = cells[6] == "true"});
  }
  return rates;
}

}  // namespace bitrade::billing
