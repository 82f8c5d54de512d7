#include "services/appointments/matters/decision_store.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

Decision DecisionOn(const Matter& matter, size_t applicant, DecisionKind kind, int number) {
  return {.id = DecisionId::Trusted(absl::StrFormat("00000000-0000-7000-b000-%012d", number)),
          .matter = matter.id,
          .applicant = matter.applicants[applicant].id,
          .kind = kind,
          .decided = absl::CivilDay(2026, 1, 10),
          .service_date = {},
          .service_method = "",
          .legal_force = {},
          .appeal_handed_over = {}};
}

TEST_CASE("A decision comes back with the facts recorded of it", "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina()});
  Decision decision = DecisionOn(matter, 0, DecisionKind::kMain, 1);

  scene.Change([&](postgres::Transaction& tx) {
    scene.stores().decisions.Insert(tx, decision, testing::kNow);
    decision = *RecordService(decision, absl::CivilDay(2026, 1, 12), "IN_PERSON", testing::kToday);
    decision = *RecordLegalForce(decision, absl::CivilDay(2026, 2, 2), testing::kToday);
    scene.stores().decisions.Update(tx, decision, testing::kNow);
    const auto found = scene.stores().decisions.Lock(tx, decision.id, testing::kEverywhere);
    REQUIRE(found.has_value());
    CHECK(found->service_date == absl::CivilDay(2026, 1, 12));
    CHECK(found->service_method == "IN_PERSON");
    CHECK(found->legal_force == absl::CivilDay(2026, 2, 2));
    CHECK_FALSE(found->appeal_handed_over.has_value());
    CHECK(found->version == 3);
    CHECK_FALSE(scene.stores()
                    .decisions
                    .Lock(tx, DecisionId::Trusted("00000000-0000-7000-b000-000000000009"),
                          testing::kEverywhere)
                    .has_value());
  });
}

TEST_CASE("Of a family's decisions those count that ends follow, for each applicant",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina(), testing::Bilal()});
  Decision main = DecisionOn(matter, 0, DecisionKind::kMain, 1);
  Decision compensation = DecisionOn(matter, 0, DecisionKind::kCompensation, 2);
  compensation.legal_force = absl::CivilDay(2026, 2, 3);

  scene.Change([&](postgres::Transaction& tx) {
    DecisionStore& store = scene.stores().decisions;
    store.Insert(tx, main, testing::kNow);
    store.Insert(tx, compensation, testing::kNow);
    store.Update(tx, compensation, testing::kNow);
    store.Insert(tx, DecisionOn(matter, 1, DecisionKind::kRelease, 3), testing::kNow);
    const SightDecisions found = store.OnApplicants(tx, matter.applicants, testing::Astrid());
    REQUIRE(found.main.size() == 2);
    CHECK(found.main[0].size() + found.main[1].size() == 1);
    REQUIRE(found.compensation.size() == 1);
    CHECK(found.compensation[0] == absl::CivilDay(2026, 2, 3));
  });
}

TEST_CASE("A decision on another counsel's compensation is not followed",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina()});
  Decision compensation = DecisionOn(matter, 0, DecisionKind::kCompensation, 1);
  compensation.counsel = testing::Astrid();

  scene.Change([&](postgres::Transaction& tx) {
    DecisionStore& store = scene.stores().decisions;
    store.Insert(tx, compensation, testing::kNow);
    CHECK(store.Lock(tx, compensation.id, testing::kEverywhere)->counsel == testing::Astrid());
    CHECK(store.OnApplicants(tx, matter.applicants, testing::Astrid()).compensation.size() == 1);
    CHECK(store.OnApplicants(tx, matter.applicants, testing::OtherCounsel()).compensation.empty());
  });
}

}  // namespace
}  // namespace bitrade::appointments
