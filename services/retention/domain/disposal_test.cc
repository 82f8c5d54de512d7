#include "services/retention/domain/disposal.h"

#include "services/common/testing/catch.h"

namespace bitrade::retention {
namespace {

using bitrade::testing::ReasonOf;

const std::vector<GracePeriod> kPeriods{
    {absl::CivilDay(2024, 1, 1), absl::CivilDay(2025, 12, 31), 60},
    {absl::CivilDay(2026, 1, 1), std::nullopt, 30}};

TEST_CASE("Copies are due the grace period of the day after the end of visibility",
          "[retention][domain]") {
  const absl::Time end = absl::FromCivil(absl::CivilSecond(2026, 3, 1), absl::UTCTimeZone());

  const auto due = DueTime(end, kPeriods);

  REQUIRE_OK(due);
  CHECK(*due == end + absl::Hours(24 * 30));
}

TEST_CASE("The grace period is the one of the Stockholm day, first and last day included",
          "[retention][domain]") {
  // 23:30 UTC on the last day of 2025 is 2026 in Stockholm.
  const absl::Time turn =
      absl::FromCivil(absl::CivilSecond(2025, 12, 31, 23, 30, 0), absl::UTCTimeZone());

  CHECK(DueTime(turn, kPeriods).value() == turn + absl::Hours(24 * 30));
  CHECK(DueTime(turn - absl::Hours(2), kPeriods).value() ==
        turn - absl::Hours(2) + absl::Hours(24 * 60));
}

TEST_CASE("A day in no row is an error with a name", "[retention][domain]") {
  const absl::Time before = absl::FromCivil(absl::CivilSecond(2023, 6, 1), absl::UTCTimeZone());

  CHECK(ReasonOf(DueTime(before, kPeriods)) == "GRACE_PERIOD_UNKNOWN");
}

Disposal In(State state) {
  return {.id = DisposalId::Trusted("00000000-0000-7000-8000-000000000001"),
          .appointment = AppointmentId::Trusted("00000000-0000-7000-8000-000000000002"),
          .visible_until = absl::FromUnixSeconds(1'000),
          .due_time = absl::FromUnixSeconds(2'000),
          .done_time = state == State::kDone ? std::optional(absl::FromUnixSeconds(3'000))
                                             : std::optional<absl::Time>(),
          .state = state,
          .appointment_version = 5,
          .evidence = {}};
}

Sight Until(int64_t second, int64_t version) {
  return {In(State::kScheduled).appointment, absl::FromUnixSeconds(second), version};
}

TEST_CASE("The first news of an appointment opens its disposal", "[retention][domain]") {
  CHECK(EffectOf(std::nullopt, Until(1'000, 1)) == Effect::kOpen);
}

TEST_CASE("Old news does nothing", "[retention][domain]") {
  const State state = GENERATE(State::kScheduled, State::kRunning, State::kDone);

  CHECK(EffectOf(In(state), Until(9'000, 5)) == Effect::kNothing);
}

TEST_CASE("A disposal moves as long as it is not done", "[retention][domain]") {
  const State state = GENERATE(State::kScheduled, State::kRunning);

  CHECK(EffectOf(In(state), Until(9'000, 6)) == Effect::kMove);
}

TEST_CASE("What is done stays, and sight that goes on after it opens another",
          "[retention][domain]") {
  CHECK(EffectOf(In(State::kDone), Until(2'500, 6)) == Effect::kNothing);
  CHECK(EffectOf(In(State::kDone), Until(3'001, 6)) == Effect::kOpen);
}

TEST_CASE("States as stored are read back", "[retention][domain]") {
  const State state = GENERATE(State::kScheduled, State::kRunning, State::kDone);

  CHECK(ParseState(StateName(state)) == state);
}

}  // namespace
}  // namespace bitrade::retention
