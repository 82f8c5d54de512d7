// What delegates did is told from the sealed trail: each call once, in its order.
#include "services/common/access/delegations/activity_service.h"

#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/audit/chain.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::access {
namespace {

using events::v1::ListActivitiesRequest;
using Stub = events::v1::ActivityService::Stub;

constexpr char kDocument[] = "00000000-0000-7000-8000-000000000001";
constexpr char kFirst[] = "00000000-0000-7000-8000-00000000aaaa";
constexpr char kRestored[] = "00000000-0000-7000-8000-00000000bbbb";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

struct House {
  House() {
    server.Serve(std::make_unique<ActivityService>(server.rpc()));
    server.Start();
    retention = std::make_unique<rpc::testing::Client>(keys, server, "retention");
    stub = events::v1::ActivityService::NewStub(retention->channel());
    database.Run(std::string("INSERT INTO stream VALUES (true, '") + kFirst + "', 'x', 0)");
  }

  void Write(const std::string& ground, const std::string& outcome = "OK") {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      audit::Append(tx, {{.time = kNow,
                          .rpc = "bitrade.documents.v1.DocumentService/GetDocument",
                          .actor_kind = "PERSON",
                          .actor = "disa",
                          .acting_for = "astrid",
                          .ground = ground,
                          .outcome = outcome,
                          .object_ids = {kDocument}}});
      return absl::OkStatus();
    }));
  }
  void Seal() {
    REQUIRE_OK(database.connection().Transact(
        [](postgres::Transaction& tx) { return audit::SealAudit(tx).status(); }));
  }
  events::v1::ListActivitiesResponse List(const std::string& stream, int64_t after) {
    ListActivitiesRequest request;
    request.set_stream_id(stream);
    request.set_after(after);
    const auto response = retention->Call(*stub, &Stub::ListActivities, request);
    REQUIRE_OK(response);
    return *response;
  }

  bitrade::testing::FakeClock clock{kNow};
  rpc::testing::Keys keys;
  bitrade::testing::Database database{common_schema()};
  rpc::testing::Server server{keys, {"documents", database.conninfo()}, clock};
  std::unique_ptr<rpc::testing::Client> retention;
  std::unique_ptr<Stub> stub;
};

TEST_CASE("What a delegate did is told once it is sealed, and nothing else", "[access][postgres]") {
  House house;
  house.Write("COUNSEL");
  house.Write("DELEGATE");
  house.Write("DELEGATE", "NOT_FOUND");
  CHECK(house.List("", 0).activities_size() == 0);
  house.Seal();

  const auto told = house.List("", 0);

  CHECK(told.stream_id() == kFirst);
  REQUIRE(told.activities_size() == 1);
  const events::v1::DelegateActivity& activity = told.activities(0);
  CHECK(activity.position() == 2);
  CHECK(activity.seal().size() == 32);
  CHECK(activity.time().seconds() == 1'800'000'000);
  CHECK(activity.rpc() == "bitrade.documents.v1.DocumentService/GetDocument");
  CHECK(activity.delegate_id() == "disa");
  CHECK(activity.counsel_id() == "astrid");
  CHECK(activity.object_ids(0) == kDocument);
}

TEST_CASE("Who knows some of it is told the rest, and all of it after a restore",
          "[access][postgres]") {
  House house;
  for (int i = 0; i < 3; ++i) house.Write("DELEGATE");
  house.Seal();

  CHECK(house.List(kFirst, 2).activities_size() == 1);
  CHECK(house.List(kFirst, 3).activities_size() == 0);
  const std::string seal = house.List(kFirst, 2).activities(0).seal();
  house.database.Run(std::string("UPDATE stream SET stream_id = '") + kRestored + "'");
  const auto anew = house.List(kFirst, 3);
  CHECK(anew.stream_id() == kRestored);
  REQUIRE(anew.activities_size() == 3);
  CHECK(anew.activities(2).seal() == seal);
}

}  // namespace
}  // namespace bitrade::access
