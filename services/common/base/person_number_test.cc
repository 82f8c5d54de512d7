#include "services/common/base/person_number.h"

#include <sstream>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade {
namespace {

using bitrade::testing::CodeOf;

constexpr absl::CivilDay kToday(2026, 11, 24);

TEST_CASE("All three forms give the same twelve digits", "[base][domain]") {
  struct Case {
    const char* text;
    const char* digits;
  };
  const auto example =
      GENERATE(Case{"199908072391", "199908072391"}, Case{"990807-2391", "199908072391"},
               Case{"200211242383", "200211242383"}, Case{"021124-2383", "200211242383"},
               Case{"191212121212", "191212121212"}, Case{"121212+1212", "191212121212"});

  const auto number = PersonNumber::Parse(example.text, kToday);

  INFO(example.text);
  REQUIRE_OK(number);
  CHECK(number->FullText() == example.digits);
}

TEST_CASE("The sign changes in the year in which a person turns a hundred", "[base][domain]") {
  const auto before = PersonNumber::Parse("990807-2391", absl::CivilDay(2098, 12, 31));
  const auto after = PersonNumber::Parse("990807+2391", absl::CivilDay(2099, 1, 1));

  REQUIRE_OK(before);
  REQUIRE_OK(after);
  CHECK(before->birth_day() == absl::CivilDay(1999, 8, 7));
  CHECK(after->birth_day() == absl::CivilDay(1999, 8, 7));
  CHECK_FALSE(PersonNumber::Parse("990807-2391", absl::CivilDay(2099, 1, 1)).ok());
}

TEST_CASE("A coordination number states its day of birth raised by sixty", "[base][domain]") {
  const auto number = PersonNumber::Parse("701063-2391", kToday);

  REQUIRE_OK(number);
  CHECK(number->is_coordination());
  CHECK(number->birth_day() == absl::CivilDay(1970, 10, 3));
  CHECK(number->FullText() == "197010632391");
}

TEST_CASE("A number is refused when form, date or check digit do not hold", "[base][domain]") {
  const auto* text =
      GENERATE("", "199908072392", "9908072391", "19990807-2391", "990807 2391", "99080723910",
               "199908072391 ", "19990807239x", "99o807-2391", "990807-239l", "199913072391",
               "199902302391", "199900072391", "199908002391", "199908602391", "199902902391",
               "179908072391", "202708072391", "+99908072391", "-99908072391");

  const auto number = PersonNumber::Parse(text, kToday);

  INFO(text);
  CHECK(CodeOf(number) == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("A refusal does not repeat the number", "[base][domain]") {
  const auto number = PersonNumber::Parse("199908072392", kToday);

  CHECK(number.status().message().find("2392") == absl::string_view::npos);
}

TEST_CASE("A number prints masked", "[base][domain]") {
  const auto number = PersonNumber::Parse("199908072391", kToday);
  REQUIRE_OK(number);

  std::ostringstream out;
  out << *number;

  CHECK(out.str() == "1999****-****");
}

}  // namespace
}  // namespace bitrade
