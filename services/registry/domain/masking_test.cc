#include "services/registry/domain/masking.h"

#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

TEST_CASE("An identity number is masked however it is written", "[registry][domain]") {
  for (const char* written :
       {"198112189876", "8112189876", "811218-9876", "811218+9876", "19811218-9876",
        "19811218 9876", "811218 9876", "811218 - 9876", "1981-12-18-9876", "1981 12 18 98 76",
        "811218\u20139876", "811218\u22129876", "811218\u00a09876", "811218\u200b9876",
        "19811218/9876", "811218\n9876"}) {
    INFO(written);
    const Masked masked = MaskIdentityNumbers(absl::StrCat("Mitt nummer är ", written, "."));
    CHECK(masked.numbers == 1);
    CHECK_FALSE(absl::StrContains(masked.text, "9876"));
    CHECK_FALSE(absl::StrContains(masked.text, "12"));
    CHECK(absl::StartsWith(masked.text, "Mitt nummer är X"));
  }
}

TEST_CASE("A coordination number is masked as well", "[registry][domain]") {
  CHECK(MaskIdentityNumbers("701063-2391").text == "XXXXXX-XXXX");
  CHECK(MaskIdentityNumbers("197010632391").text == "XXXXXXXXXXXX");
}

TEST_CASE("Every number of a text is masked, and nothing else", "[registry][domain]") {
  const Masked masked = MaskIdentityNumbers(
      "Ärende 12-345678: 811218-9876 och 19850709-9805 den 2026-03-02 kl. 14.05, ring "
      "46812345678.");
  CHECK(masked.text ==
        "Ärende 12-345678: XXXXXX-XXXX och XXXXXXXX-XXXX den 2026-03-02 kl. 14.05, ring "
        "46812345678.");
  CHECK(masked.numbers == 2);
}

TEST_CASE("What has no date or another check digit is no identity number", "[registry][domain]") {
  for (const char* other : {"811218-9877", "811318-9876", "811232-9876", "810229-9870", "811218",
                            "9876", "21198112189876", "811218----9876", "811218 hej 9876", ""}) {
    INFO(other);
    CHECK(MaskIdentityNumbers(other).numbers == 0);
    CHECK(MaskIdentityNumbers(other).text == other);
  }
}

TEST_CASE("A leap day of any century counts, one that no century had does not",
          "[registry][domain]") {
  const auto with_check_digit = [](const std::string& nine) {
    for (int digit = 0; digit < 10; ++digit) {
      const Masked masked = MaskIdentityNumbers(absl::StrCat(nine, digit));
      if (masked.numbers == 1) return true;
    }
    return false;
  };
  CHECK(with_check_digit("000229001"));
  CHECK_FALSE(with_check_digit("810229001"));
}

// Whatever comes in: nothing but digits is changed, and what is left has nothing more to mask.
TEST_CASE("Any bytes stay as long as they were, and masking ends", "[registry][domain]") {
  constexpr absl::string_view kPieces[] = {"1981", "12", "18",     "9876",     "811218",
                                           "-",    " ",  "\u2013", "\xe2\x80", "x",
                                           "\n",   "0",  "19",     "70",       "10632391"};
  std::minstd_rand chance(17);  // the same each time
  for (int round = 0; round < 4'000; ++round) {
    std::string text;
    for (int piece = 0; piece < 12; ++piece) {
      absl::StrAppend(&text, kPieces[chance() % std::size(kPieces)]);
    }
    const Masked masked = MaskIdentityNumbers(text);
    REQUIRE(masked.text.size() == text.size());
    for (size_t i = 0; i < text.size(); ++i) {
      REQUIRE((masked.text[i] == text[i] || (masked.text[i] == 'X' && text[i] >= '0')));
    }
    REQUIRE(MaskIdentityNumbers(masked.text).numbers == 0);
  }
}

}  // namespace
}  // namespace bitrade::registry
