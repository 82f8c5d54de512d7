#include "services/common/base/formats.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade {
namespace {

TEST_CASE("A line counts characters, not bytes", "[base][domain]") {
  CHECK(IsLine("Åsa Öberg", 9));
  CHECK_FALSE(IsLine("Åsa Öberg", 8));
  CHECK(IsLine("عمر", 3));
}

TEST_CASE("A plain text has lines and no other control characters", "[base]") {
  CHECK(IsPlainText(""));
  CHECK(IsPlainText("Åsa Öberg\n\n  begär 100 kronor\n"));
  CHECK_FALSE(IsPlainText("a\r\nb"));
  CHECK_FALSE(IsPlainText("a\tb"));
  CHECK_FALSE(IsPlainText(absl::string_view("a\0b", 3)));
  CHECK_FALSE(IsPlainText("\xC2\x85"));
  CHECK_FALSE(IsPlainText("\xED\xA0\x80"));
}

TEST_CASE("A line holds no control character, no broken UTF-8 and no white space at its ends",
          "[base][domain]") {
  const std::string text = GENERATE(
      std::string(""), std::string("a\nb"), std::string("a\0b", 3), std::string(" a"),
      std::string("a "), std::string("\xC3"), std::string("\xC0\xAF"), std::string("\xED\xA0\x80"),
      std::string("\xF4\x90\x80\x80"), std::string("\xC2\x85"), std::string("\x80"));

  CHECK_FALSE(IsLine(text, 100));
}

TEST_CASE("Telephone numbers are E.164", "[base][domain]") {
  CHECK(IsE164("+46701740605"));
  CHECK(IsE164("+4681234"));
  CHECK_FALSE(IsE164("0701740605"));
  CHECK_FALSE(IsE164("+0701740605"));
  CHECK_FALSE(IsE164("+46 70 174 06 05"));
  CHECK_FALSE(IsE164("+123456"));
  CHECK_FALSE(IsE164("+1234567890123456"));
}

TEST_CASE("An e-mail address has one local part and a domain with a dot", "[base][domain]") {
  CHECK(IsEmail("astrid@exempel.example"));
  CHECK_FALSE(IsEmail("astrid"));
  CHECK_FALSE(IsEmail("astrid@exempel"));
  CHECK_FALSE(IsEmail("@exempel.example"));
  CHECK_FALSE(IsEmail("a@b@exempel.example"));
  CHECK_FALSE(IsEmail("astrid @exempel.example"));
  CHECK_FALSE(IsEmail("astrid@exempel.example\n"));
  CHECK_FALSE(IsEmail(std::string(65, 'a') + "@exempel.example"));
}

TEST_CASE("Codes have their shapes", "[base][domain]") {
  CHECK(IsLanguageCode("sv"));
  CHECK_FALSE(IsLanguageCode("SV"));
  CHECK(IsCountryCode("SY"));
  CHECK_FALSE(IsCountryCode("SYR"));
  CHECK(IsCode("RETURN_23_2"));
  CHECK_FALSE(IsCode("2_RETURN"));
  CHECK_FALSE(IsCode("Asylum"));
}

TEST_CASE("A digest is 64 lower-case hexadecimal digits", "[base][domain]") {
  CHECK(IsSha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  CHECK_FALSE(IsSha256("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"));
  CHECK_FALSE(IsSha256(std::string(63, 'a')));
  CHECK_FALSE(IsSha256(std::string(65, 'a')));
  CHECK_FALSE(IsSha256(std::string(63, 'a') + "g"));
}

TEST_CASE("Luhn's check digit is found right and wrong", "[base][domain]") {
  CHECK(HasLuhnDigit("8112189876"));
  CHECK(HasLuhnDigit("7010632391"));
  CHECK_FALSE(HasLuhnDigit("5408173813"));
}

}  // namespace
}  // namespace bitrade
