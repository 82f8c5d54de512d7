#include "services/retention/schedule/store.h"

#include "services/retention/schedule/schedule.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kAppointment;
using testing::kNow;
using testing::News;
using testing::Scene;

const char* const kDueInDays =
    "SELECT extract(epoch FROM due_time - visible_until) / 86400 FROM disposal";

int Days(const std::string& text) { return static_cast<int>(std::stod(text)); }

TEST_CASE("News of an end makes a schedule, due the grace period later", "[retention][postgres]") {
  Scene scene;

  scene.Hear(News(1, kNow));
  CHECK(scene.Plan() == 0);

  CHECK(scene.Ask("SELECT state FROM disposal") == "SCHEDULED");
  CHECK(Days(scene.Ask(kDueInDays)) == 30);
}

TEST_CASE("Without an end there is no day", "[retention][postgres]") {
  Scene scene;
  events::v1::Event event = News(1, absl::InfiniteFuture());
  if (GENERATE(false, true)) event.mutable_data()->erase("visible_until_us");

  scene.Hear(event);
  CHECK(scene.Plan() == 0);

  CHECK(scene.Ask("SELECT visible_until FROM disposal") == "infinity");
  CHECK(scene.Ask("SELECT due_time FROM disposal") == "NULL");
}

TEST_CASE("Sight that goes on moves the schedule, older news does not", "[retention][postgres]") {
  Scene scene;
  scene.Hear(News(2, kNow));
  scene.Plan();

  scene.Hear(News(3, kNow + absl::Hours(48)));
  scene.Hear(News(2, kNow));
  scene.Plan();

  CHECK(scene.Ask("SELECT count(*) FROM disposal") == "1");
  CHECK(scene.Ask("SELECT visible_until = '2026-02-04 11:00Z' FROM disposal") == "t");
  CHECK(Days(scene.Ask(kDueInDays)) == 30);
}

TEST_CASE("A disposal that has begun stops when sight goes on, and goes on when it does not",
          "[retention][postgres]") {
  Scene scene;
  scene.Hear(News(1, kNow));
  scene.Plan();
  scene.database.Run("UPDATE disposal SET state = 'RUNNING'");

  scene.Hear(News(2, kNow));
  CHECK(scene.Ask("SELECT state FROM disposal") == "RUNNING");
  scene.Hear(News(3, absl::InfiniteFuture()));

  CHECK(scene.Ask("SELECT state FROM disposal") == "SCHEDULED");
  CHECK(scene.Ask("SELECT due_time FROM disposal") == "NULL");
}

TEST_CASE("What is done stays done; sight after it opens another disposal",
          "[retention][postgres]") {
  Scene scene;
  scene.Hear(News(1, kNow));
  scene.Plan();
  scene.database.Run("UPDATE disposal SET state = 'DONE', done_time = '2026-04-01Z'");

  scene.Hear(News(2, kNow + absl::Hours(1)));
  CHECK(scene.Ask("SELECT count(*) FROM disposal") == "1");
  scene.Hear(News(3, absl::InfiniteFuture()));
  scene.Hear(News(4, absl::InfiniteFuture()));

  CHECK(scene.Ask("SELECT count(*) FROM disposal WHERE state = 'DONE'") == "1");
  CHECK(scene.Ask("SELECT appointment_version FROM disposal WHERE state = 'SCHEDULED'") == "4");
}

TEST_CASE("What is on paper, and what is no appointment, has no copies", "[retention][postgres]") {
  Scene scene;
  events::v1::Event paper = News(1, kNow);
  (*paper.mutable_data())["digital"] = "false";
  events::v1::Event counsel = News(1, kNow);
  counsel.set_aggregate("counsel");

  scene.Hear(paper);
  scene.Hear(counsel);

  CHECK(scene.Ask("SELECT count(*) FROM disposal") == "0");
}

TEST_CASE("A day in no grace period is counted and never due", "[retention][postgres]") {
  Scene scene;
  scene.database.Run("UPDATE grace_period SET valid_from = '2026-02-03'");
  scene.Hear(News(1, kNow));
  scene.Hear(News(1, kNow + absl::Hours(24), "00000000-0000-7000-8000-00000000000c"));

  CHECK(scene.Plan() == 1);

  CHECK(scene.Ask("SELECT due_time FROM disposal WHERE appointment_id = '" + kAppointment + "'") ==
        "NULL");
  scene.database.Run("UPDATE grace_period SET valid_from = '2026-01-01'");
  CHECK(scene.Plan() == 0);
}

TEST_CASE("Before a snapshot every end is let go of, and told anew whatever its version",
          "[retention][postgres]") {
  Scene scene;
  scene.Hear(News(7, kNow));
  scene.Plan();

  REQUIRE_OK(scene.database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    scene.schedule.StartOver(tx);
    return absl::OkStatus();
  }));
  CHECK(scene.Ask("SELECT visible_until FROM disposal") == "infinity");
  CHECK(scene.Ask("SELECT due_time FROM disposal") == "NULL");
  scene.Hear(News(5, kNow));
  scene.Plan();

  CHECK(Days(scene.Ask(kDueInDays)) == 30);
}

TEST_CASE("Two grace periods never hold on the same day", "[retention][postgres]") {
  Scene scene;

  CHECK_THROWS(scene.database.Run(
      "INSERT INTO grace_period VALUES ('2026-01-01', NULL, 60, 'another decision')"));
}

}  // namespace
}  // namespace bitrade::retention
