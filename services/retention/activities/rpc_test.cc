// The activity list over the wire: gathered from a service's trail and registry's events, read by
// the counsel.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "bitrade/retention/v1/activity_service.grpc.pb.h"
#include "migrations/access_delegation_schema.h"
#include "services/common/access/delegations/activity_service.h"
#include "services/common/audit/append.h"
#include "services/common/audit/chain.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/rpc/timestamp.h"
#include "services/retention/activities/gatherer.h"
#include "services/retention/activities/service.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using bitrade::testing::ReasonOf;
using testing::kNow;
using Stub = v1::ActivityService::Stub;

constexpr char kAstrid[] = "00000000-0000-7000-9000-000000000001";
constexpr char kDisa[] = "00000000-0000-7000-9000-000000000002";
constexpr char kDelegation[] = "00000000-0000-7000-b000-000000000001";
constexpr char kDocument[] = "00000000-0000-7000-8000-000000000001";

// What registry tells of Disa's delegation.
events::v1::Event News(const char* kind, const char* state, const char* actor, int64_t version) {
  events::v1::Event event;
  event.set_position(version);
  event.set_aggregate("delegation");
  event.set_aggregate_id(kDelegation);
  event.set_version(version);
  event.set_kind(kind);
  event.set_actor(actor);
  rpc::SetTime(kNow + absl::Minutes(version), *event.mutable_time());
  auto& data = *event.mutable_data();
  data["principal"] = kAstrid;
  data["delegate"] = kDisa;
  data["scopes"] = "documents:read";
  data["state"] = state;
  data["valid_from_us"] = absl::StrCat(absl::ToUnixMicros(kNow - absl::Hours(1)));
  data["valid_until_us"] = absl::StrCat(absl::ToUnixMicros(kNow + absl::Hours(24)));
  return event;
}

// What registry tells of a log-in of Disa's.
events::v1::Event LogInNews(const char* kind, const char* id, absl::Time time = kNow) {
  events::v1::Event event;
  event.set_aggregate("delegate_log_in");
  event.set_aggregate_id(id);
  event.set_version(1);
  event.set_kind(kind);
  event.set_actor(kDisa);
  rpc::SetTime(time, *event.mutable_time());
  auto& data = *event.mutable_data();
  data["principal"] = kAstrid;
  data["delegate"] = kDisa;
  data["delegation"] = kDelegation;
  return event;
}

// Documents with its trail, and retention, each served as its process serves it.
struct House {
  House() {
    documents.Serve(std::make_unique<access::ActivityService>(documents.rpc()));
    documents.Start();
    trail.Run(absl::StrCat("INSERT INTO stream VALUES (true, '", kDelegation, "', 'x', 0)"));
    neighbour = std::make_unique<rpc::Neighbour>(
        "documents", documents.address(), keys.TlsOf("retention"),
        rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
    gatherer = std::make_unique<Gatherer>(
        store, std::vector<TrailSource>{{"documents", *neighbour}}, clock, ids);
    retention.Serve(std::make_unique<ActivityService>(retention.rpc(), store));
    retention.Start();
    gateway = std::make_unique<rpc::testing::Client>(keys, retention, "gateway");
    stub = v1::ActivityService::NewStub(gateway->channel());
    LogIn(kAstrid);
  }

  void LogIn(const std::string& person) {
    gateway->BringTicket(keys.TicketFor(person, kNow));
    gateway->ActFor("");
  }
  // Disa does something at documents for Astrid.
  void Act(const std::string& rpc, absl::Time time, const std::string& object = kDocument) {
    REQUIRE_OK(trail.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      audit::Append(tx, {{.time = time,
                          .rpc = rpc,
                          .actor_kind = "PERSON",
                          .actor = kDisa,
                          .acting_for = kAstrid,
                          .ground = "DELEGATE",
                          .outcome = "OK",
                          .object_ids = {object}}});
      return audit::SealAudit(tx).status();
    }));
  }
  void Round() { gatherer->Round(database.connection()); }
  void Tell(const events::v1::Event& event) {
    REQUIRE_OK(database.connection().Transact(
        [&](postgres::Transaction& tx) { return gatherer->Apply(tx, event); }));
  }
  absl::StatusOr<v1::ListActivitiesResponse> Notices() {
    v1::ListActivitiesRequest request;
    request.set_notices_only(true);
    return gateway->Call(*stub, &Stub::ListActivities, request);
  }
  absl::StatusOr<v1::ListActivitiesResponse> List(const std::string& cursor = "") {
    v1::ListActivitiesRequest request;
    request.set_limit(2);
    request.set_cursor(cursor);
    return gateway->Call(*stub, &Stub::ListActivities, request);
  }

  bitrade::testing::FakeClock clock{kNow};
  RandomIds ids;
  rpc::testing::Keys keys;
  bitrade::testing::Database trail{common_schema()};
  bitrade::testing::Database database{
      rpc::PlanOf({common_schema(), access_delegation_schema(), retention_schema()})};
  rpc::testing::Server documents{keys, {"documents", trail.conninfo()}, clock};
  rpc::testing::Server retention{keys, {"retention", database.conninfo()}, clock};
  ActivityStore store;
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<Gatherer> gatherer;
  std::unique_ptr<rpc::testing::Client> gateway;
  std::unique_ptr<Stub> stub;
};

TEST_CASE("A counsel reads what her delegate read, fetched and changed", "[retention][postgres]") {
  House house;
  house.Tell(News("ACCEPTED", "ACTIVE", kDisa, 3));
  house.Act("bitrade.documents.v1.DocumentService/GetDocument", kNow + absl::Minutes(10));
  house.Act("bitrade.documents.v1.ContentService/Download", kNow + absl::Minutes(11));
  house.Round();

  const auto page = house.List();

  REQUIRE_OK(page);
  CHECK(page->total() == 3);
  REQUIRE(page->activities_size() == 2);
  const v1::Activity& latest = page->activities(0);
  CHECK(latest.action() == v1::Activity::DOWNLOADED);
  CHECK(latest.by() == v1::Activity::DELEGATE);
  CHECK(latest.operation() == "Download");
  CHECK(latest.object_ids(0) == kDocument);
  CHECK(latest.delegation_id() == kDelegation);
  CHECK(rpc::ReadTime(latest.time()) == kNow + absl::Minutes(11));
  CHECK(page->activities(1).action() == v1::Activity::READ);
  const auto rest = house.List(page->next_cursor());
  REQUIRE_OK(rest);
  REQUIRE(rest->activities_size() == 1);
  CHECK(rest->activities(0).action() == v1::Activity::DELEGATION_ACCEPTED);
  CHECK(rest->next_cursor().empty());
}

TEST_CASE("How a delegation ended, and by whom, is in the list", "[retention][postgres]") {
  const auto [actor, by] =
      GENERATE(std::pair(kAstrid, v1::Activity::COUNSEL), std::pair(kDisa, v1::Activity::DELEGATE),
               std::pair("case-system/journey", v1::Activity::AGENCY));
  House house;
  house.Tell(News("REVOKED", "REVOKED", actor, 4));

  const v1::ListActivitiesResponse page = house.List().value();

  REQUIRE(page.activities_size() == 1);
  CHECK(page.activities(0).action() == v1::Activity::DELEGATION_ENDED);
  CHECK(page.activities(0).by() == by);
  CHECK(page.activities(0).delegation_id() == kDelegation);
}

TEST_CASE("A counsel is told of a delegate's first log-in, and of each browser that is new",
          "[retention][postgres]") {
  House house;
  house.Act("bitrade.documents.v1.DocumentService/GetDocument", kNow);
  house.Round();
  house.Tell(LogInNews("FIRST_LOG_IN", kDocument, kNow - absl::Seconds(1)));
  house.Tell(LogInNews("NEW_BROWSER", kDelegation));
  house.Tell(LogInNews("NEW_BROWSER", kDelegation));

  const v1::ListActivitiesResponse notices = house.Notices().value();

  CHECK(notices.total() == 2);
  REQUIRE(notices.activities_size() == 2);
  CHECK(notices.activities(0).action() == v1::Activity::NEW_BROWSER);
  CHECK(notices.activities(0).by() == v1::Activity::DELEGATE);
  CHECK(notices.activities(0).delegation_id() == kDelegation);
  CHECK(notices.activities(1).action() == v1::Activity::FIRST_LOG_IN);
  CHECK(notices.DebugString().find(kDisa) == std::string::npos);
  CHECK(house.List()->total() == 3);
}

TEST_CASE("A counsel is told once a day when a delegate fetches much in short time",
          "[retention][postgres]") {
  House house;
  const auto fetch = [&](absl::Time from, int documents) {
    for (int i = 0; i < documents; ++i) {
      house.Act("bitrade.documents.v1.ContentService/Download", from + absl::Minutes(i),
                absl::StrFormat("00000000-0000-7000-8000-%012d", i));
    }
    house.Round();
  };
  // The same document in many pieces is one.
  for (int i = 0; i < 25; ++i) {
    house.Act("bitrade.documents.v1.ContentService/Download", kNow - absl::Hours(3));
  }
  fetch(kNow, 19);
  CHECK(house.Notices()->total() == 0);

  fetch(kNow + absl::Hours(2), 22);

  const v1::ListActivitiesResponse notices = house.Notices().value();
  REQUIRE(notices.activities_size() == 1);
  CHECK(notices.activities(0).action() == v1::Activity::BULK_DOWNLOAD);
  CHECK(notices.activities(0).object_ids_size() == 20);
  CHECK(notices.activities(0).operation().empty());
  CHECK(rpc::ReadTime(notices.activities(0).time()) == kNow + absl::Hours(2) + absl::Minutes(19));
  fetch(kNow + absl::Hours(26), 20);
  CHECK(house.Notices()->total() == 2);
}

TEST_CASE("What is told twice is there once, also after a restore of the source",
          "[retention][postgres]") {
  House house;
  house.Act("bitrade.documents.v1.DocumentService/GetDocument", kNow);
  house.Round();
  house.Round();
  house.trail.Run(absl::StrCat("UPDATE stream SET stream_id = '", kDocument, "'"));
  house.Round();
  house.Tell(News("ACCEPTED", "ACTIVE", kDisa, 3));
  house.Tell(News("ACCEPTED", "ACTIVE", kDisa, 3));

  CHECK(house.List()->total() == 2);
}

TEST_CASE("A snapshot tells how things are and not who did what", "[retention][postgres]") {
  House house;
  house.Tell(News("REVOKED", "REVOKED", "", 4));
  CHECK(house.List()->total() == 0);
}

TEST_CASE("A list is the counsel's alone, not even her delegate's", "[retention][postgres]") {
  House house;
  house.Act("bitrade.documents.v1.DocumentService/GetDocument", kNow);
  house.Round();
  house.LogIn(kDisa);
  CHECK(house.List()->total() == 0);
  house.gateway->ActFor(kAstrid);
  CHECK(ReasonOf(house.List()) == "PERMISSION_DENIED");
}

TEST_CASE("A source that does not answer stops nobody, and is gathered later",
          "[retention][postgres]") {
  House house;
  house.Act("bitrade.documents.v1.DocumentService/GetDocument", kNow);
  house.trail.Run("ALTER TABLE stream RENAME TO away");
  house.Round();
  CHECK(house.List()->total() == 0);
  house.trail.Run("ALTER TABLE away RENAME TO stream");
  house.Round();
  CHECK(house.List()->total() == 1);
}

}  // namespace
}  // namespace bitrade::retention
