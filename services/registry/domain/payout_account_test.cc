#include "services/registry/domain/payout_account.h"

#include "absl/strings/match.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

PayoutAccount Bankgiro(absl::string_view text) {
  return {.kind = PayoutKind::kBankgiro, .clearing_number = "", .number = WithoutSeparators(text)};
}
PayoutAccount Plusgiro(absl::string_view text) {
  return {.kind = PayoutKind::kPlusgiro, .clearing_number = "", .number = WithoutSeparators(text)};
}
PayoutAccount Account(absl::string_view clearing, absl::string_view text) {
  return {.kind = PayoutKind::kBankAccount,
          .clearing_number = WithoutSeparators(clearing),
          .number = WithoutSeparators(text)};
}

// "field code" of the first fault; empty where there is none.
std::string FaultOf(const PayoutAccount& account, Assurance assurance = Assurance::kOnce) {
  const ErrorDetails details = DetailsOf(CheckPayoutAccount(account, assurance));
  if (details.violations.empty()) return details.reason;
  return details.violations[0].field + " " + details.violations[0].code;
}

TEST_CASE("Numbers are taken as people write them", "[registry][domain]") {
  const PayoutAccount account =
      GENERATE(Bankgiro("5402-9681"), Bankgiro("297-3675"), Bankgiro("640-5070"),
               Bankgiro("902 0033"), Plusgiro("28 65 43-4"), Plusgiro("410 54 68-5"),
               Plusgiro("4-2"), Account("9071", "417 23 83"), Account("3300", "0006 20 51 24"),
               Account("6789", "123 456 789"), Account("8129-9", "043 386 711-6"),
               Account("8424-4", "983 189 224-6"));
  CAPTURE(account.clearing_number, account.number);
  REQUIRE_OK(CheckPayoutAccount(account, Assurance::kOnce));
  CHECK_FALSE(IsDoubtful(account));
}

TEST_CASE("What is no number of its kind is refused, however often it is confirmed",
          "[registry][domain]") {
  const auto assurance = GENERATE(Assurance::kOnce, Assurance::kTwice);
  CHECK(FaultOf(Bankgiro("5402-9682"), assurance) == "number CHECK_DIGIT");
  CHECK(FaultOf(Bankgiro("902-0034"), assurance) == "number CHECK_DIGIT");
  CHECK(FaultOf(Plusgiro("410 54 68-6"), assurance) == "number CHECK_DIGIT");
  CHECK(FaultOf(Account("9071", "417 23 84"), assurance) == "number CHECK_DIGIT");
  CHECK(FaultOf(Bankgiro(""), assurance) == "number MALFORMED");
  CHECK(FaultOf(Bankgiro("540-29"), assurance) == "number MALFORMED");
  CHECK(FaultOf(Bankgiro("5402-968l"), assurance) == "number MALFORMED");
  CHECK(FaultOf(Plusgiro("4"), assurance) == "number MALFORMED");
  CHECK(FaultOf(Account("9071", "17 23 83"), assurance) == "number MALFORMED");
  CHECK(FaultOf(Account("", "417 23 83"), assurance) == "clearing_number REQUIRED");
  CHECK(FaultOf(Account("8424-1", "983 189 224-6"), assurance) == "clearing_number UNKNOWN");
  PayoutAccount both = Bankgiro("5402-9681");
  both.clearing_number = "9071";
  CHECK(FaultOf(both, assurance) == "clearing_number UNKNOWN");
}

TEST_CASE("A bank account of which some break the rule is taken when it is confirmed",
          "[registry][domain]") {
  const PayoutAccount account =
      GENERATE(Account("8424-4", "983 189 224-5"), Account("6789", "123 456 788"),
               Account("3300", "0006 20 51 25"));
  CHECK(FaultOf(account) == "PAYOUT_NUMBER_DOUBTFUL");
  REQUIRE_OK(CheckPayoutAccount(account, Assurance::kTwice));
  CHECK(IsDoubtful(account));
}

TEST_CASE("Of a number its last four digits are shown, and half of it at most",
          "[registry][domain]") {
  CHECK(MaskedNumber(Bankgiro("5402-9681")) == "****9681");
  CHECK(MaskedNumber(Bankgiro("297-3675")) == "****675");
  CHECK(MaskedNumber(Plusgiro("4-2")) == "*2");
  CHECK(MaskedNumber(Account("8424-4", "983 189 224-6")) == "******2246");
}

TEST_CASE("What is signed shows the whole number", "[registry][domain]") {
  CHECK(WrittenOut(Bankgiro("54029681")) == "Bankgiro 5402-9681");
  CHECK(WrittenOut(Bankgiro("2973675")) == "Bankgiro 297-3675");
  CHECK(WrittenOut(Plusgiro("2865434")) == "Plusgiro 28 65 43-4");
  CHECK(WrittenOut(Plusgiro("4105468-5")) == "Plusgiro 4 10 54 68-5");
  CHECK(WrittenOut(Plusgiro("42")) == "Plusgiro 4-2");
  CHECK(WrittenOut(Account("84244", "9831892246")) ==
        "Bankkonto i Swedbank\nClearingnummer 84244\nKontonummer 9831892246");
}

TEST_CASE("Kinds are stored by their names", "[registry][domain]") {
  for (const auto kind : {PayoutKind::kBankgiro, PayoutKind::kPlusgiro, PayoutKind::kBankAccount}) {
    CHECK(ParsePayoutKind(PayoutKindName(kind)) == kind);
  }
}

}  // namespace
}  // namespace bitrade::registry
