// Legal holds over the wire. Every call names the officer "officer-17".
#include "services/common/rpc/testing/server.h"
#include "services/retention/disposals/store.h"
#include "services/retention/holds/service.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using bitrade::testing::ReasonOf;
using testing::kAppointment;
using testing::kNow;
using testing::News;
using testing::Scene;

using Stub = v1::LegalHoldAgencyService::Stub;

// An appointment whose copies have been due for a day, and retention as its process serves it.
struct House : Scene {
  rpc::testing::Keys keys;
  rpc::testing::Server retention{keys, {"retention", database.conninfo()}, clock};
  HoldStore holds{retention.keyring()};
  DisposalStore disposals;
  std::unique_ptr<rpc::testing::Client> agency;
  std::unique_ptr<Stub> stub;

  House() {
    Hear(News(1, kNow - absl::Hours(24 * 31)));
    Plan();
    retention.Serve(
        std::make_unique<LegalHoldAgencyService>(retention.rpc(), holds, retention.policy()));
    retention.Start();
    CallAs("case-system/journey");
  }

  void CallAs(const std::string& process) {
    agency = std::make_unique<rpc::testing::Client>(keys, retention, process);
    stub = v1::LegalHoldAgencyService::NewStub(agency->channel());
  }

  absl::StatusOr<v1::LegalHold> Place(const std::string& source_id) {
    v1::PlaceLegalHoldRequest request;
    request.set_source_id(source_id);
    request.set_appointment_id(kAppointment);
    request.set_decision_number("D-1");
    request.set_reason("Rättegång pågår");
    return agency->Call(*stub, &Stub::PlaceLegalHold, request);
  }

  absl::StatusOr<v1::LegalHold> Prepare(const std::string& id) {
    v1::PrepareLegalHoldReleaseRequest request;
    request.set_id(id);
    request.set_reason("Rättegången är slut");
    return agency->Call(*stub, &Stub::PrepareLegalHoldRelease, request);
  }

  absl::StatusOr<v1::LegalHold> Release(const std::string& id) {
    v1::ReleaseLegalHoldRequest request;
    request.set_id(id);
    return agency->Call(*stub, &Stub::ReleaseLegalHold, request);
  }

  absl::StatusOr<v1::ListLegalHoldsResponse> List() {
    v1::ListLegalHoldsRequest request;
    request.set_appointment_id(kAppointment);
    return agency->Call(*stub, &Stub::ListLegalHolds, request);
  }

  // Whether a disposal would be taken up now.
  bool Goes() {
    bool taken = false;
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      taken = disposals.Take(tx, {"00000000-0000-7000-8000-0000000000f1", clock.TimeNow()}, kNow)
                  .has_value();
      return absl::OkStatus();
    }));
    return taken;
  }
};

TEST_CASE("A hold stops what is due until two officers have released it", "[retention][postgres]") {
  House house;
  const auto placed = house.Place("hold");
  REQUIRE_OK(placed);
  CHECK(placed->state() == v1::LegalHold::PLACED);
  CHECK_FALSE(house.Goes());
  CHECK(ReasonOf(house.Release(placed->id())) == "LEGAL_HOLD_RELEASE_NOT_PREPARED");
  CHECK(house.Prepare(placed->id())->state() == v1::LegalHold::RELEASE_PREPARED);
  CHECK(ReasonOf(house.Release(placed->id())) == "FOUR_EYES_REQUIRED");
  CHECK_FALSE(house.Goes());
  house.database.Run("UPDATE legal_hold SET release_prepared_by = 'officer-18'");

  const auto released = house.Release(placed->id());

  REQUIRE_OK(released);
  CHECK(released->state() == v1::LegalHold::RELEASED);
  CHECK(house.Release(placed->id())->SerializeAsString() == released->SerializeAsString());
  CHECK(ReasonOf(house.Prepare(placed->id())) == "LEGAL_HOLD_RELEASED");
  CHECK(house.List()->legal_holds_size() == 1);
  CHECK(house.Goes());
  CHECK(house.Ask("SELECT string_agg(kind, ' ' ORDER BY seq) FROM event") ==
        "PLACED RELEASE_PREPARED RELEASED");
}

TEST_CASE("One hold that is released leaves the other standing", "[retention][postgres]") {
  House house;
  const auto first = house.Place("first");
  REQUIRE_OK(first);
  REQUIRE_OK(house.Place("second"));
  CHECK(house.Place("first")->id() == first->id());
  REQUIRE_OK(house.Prepare(first->id()));
  house.database.Run(
      "UPDATE legal_hold SET release_prepared_by = 'officer-18' WHERE "
      "release_prepared_by IS NOT NULL");

  REQUIRE_OK(house.Release(first->id()));

  CHECK_FALSE(house.Goes());
  CHECK(house.List()->legal_holds_size() == 2);
}

TEST_CASE("To another authority's case system there is nothing to hold", "[retention][postgres]") {
  House house;
  const auto placed = house.Place("hold");
  REQUIRE_OK(placed);

  house.CallAs("case-system/other");

  CHECK(ReasonOf(house.Place("theirs")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Prepare(placed->id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Release(placed->id())) == "NOT_FOUND");
  CHECK(house.List()->legal_holds_size() == 0);
}

TEST_CASE("A hold has a decision and a reason, and its audit names the officer",
          "[retention][postgres]") {
  House house;
  v1::PlaceLegalHoldRequest request;
  request.set_source_id("hold");
  request.set_appointment_id(kAppointment);

  const auto refused = house.agency->Call(*house.stub, &Stub::PlaceLegalHold, request);

  CHECK(DetailsOf(refused.status()).violations.size() == 2);
  REQUIRE_OK(house.Place("hold"));
  CHECK(house.Ask("SELECT officer FROM audit WHERE rpc LIKE '%/PlaceLegalHold' AND outcome = "
                  "'OK'") == "officer-17");
}

}  // namespace
}  // namespace bitrade::retention
