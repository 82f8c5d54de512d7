#include "services/registry/domain/clearing_numbers.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

// A clearing number and an account, without separators.
struct Written {
  const char* clearing;
  const char* account;
  const char* bank;
};

TEST_CASE("Accounts of every type fit, and with another last digit they do not",
          "[registry][domain]") {
  const Written account = GENERATE(
      Written{"9071", "4172383", "Multitude Bank"}, Written{"9789", "1111113", "Klarna Bank"},
      Written{"3300", "0006205124", "Nordea"}, Written{"6789", "123456789", "Handelsbanken"},
      Written{"81299", "0433867116", "Swedbank"}, Written{"81299", "433867116", "Swedbank"},
      Written{"84244", "9831892246", "Swedbank"});
  CAPTURE(account.clearing, account.account);

  const ClearingRange* const range = FindClearing(account.clearing);

  REQUIRE(range != nullptr);
  CHECK(std::string(range->bank) == account.bank);
  CHECK(FitsClearing(account.clearing, account.account));
  std::string wrong = account.account;
  wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
  CHECK_FALSE(FitsClearing(account.clearing, wrong));
}

TEST_CASE("Only the numbers of a bank are clearing numbers", "[registry][domain]") {
  const auto* const none = GENERATE("", "1", "0000", "1099", "2100", "9999", "9420", "12345",
                                    "90a1", "９071", "8424", "84241", "844244");
  CAPTURE(none);
  CHECK(FindClearing(none) == nullptr);
}

TEST_CASE("A range begins and ends with its own numbers", "[registry][domain]") {
  CHECK(std::string(FindClearing("3299")->bank) == "Nordea");
  CHECK(FindClearing("3299")->type == AccountType::k11);
  CHECK(FindClearing("3300")->type == AccountType::k21);
  CHECK(FindClearing("3301")->type == AccountType::k11);
  CHECK(FindClearing("3409")->first == 3400);
  CHECK(std::string(FindClearing("9969")->bank) == "Nordea Plusgirot");
  CHECK(FindClearing("9970") == nullptr);
}

TEST_CASE("Noughts alone are no account", "[registry][domain]") {
  CHECK_FALSE(FitsClearing("6789", "00000000"));
}

}  // namespace
}  // namespace bitrade::registry
