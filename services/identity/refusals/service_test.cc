// Refusals of the gateway, over the wire into the trail.
#include "services/identity/refusals/service.h"

#include <memory>
#include <string>

#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/rpc/timestamp.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::identity {
namespace {

constexpr char kPerson[] = "00000000-0000-7000-8000-0000000000a1";
constexpr char kCounsel[] = "00000000-0000-7000-8000-0000000000a2";
constexpr char kSession[] = "00000000-0000-7000-8000-0000000000b1";
constexpr char kBatch[] = "00000000-0000-7000-8000-0000000000c1";
constexpr char kObject[] = "00000000-0000-7000-8000-0000000000d1";

postgres::MigrationPlan WholeSchema() {
  postgres::MigrationPlan plan = common_schema();
  plan.insert(plan.end(), identity_schema().begin(), identity_schema().end());
  return plan;
}

struct House {
  House() {
    server.Serve(std::make_unique<RefusalService>(server.rpc()));
    server.Start();
  }

  absl::Status Record(const std::string& process, const v1::RecordRefusalsRequest& request) {
    rpc::testing::Client client(keys, server, process);
    const auto stub = v1::RefusalService::NewStub(client.channel());
    return client.Call(*stub, &v1::RefusalService::Stub::RecordRefusals, request).status();
  }
  int Count(const std::string& where) {
    return database.Run("SELECT count(*) FROM audit WHERE " + where)[0][0].as<int>();
  }

  testing::Database database{WholeSchema()};
  testing::FakeClock clock{absl::FromUnixSeconds(1'790'000'000)};
  rpc::testing::Keys keys;
  rpc::testing::Server server{keys, {.name = "identity", .conninfo = database.conninfo()}, clock};
};

v1::RecordRefusalsRequest Batch() {
  v1::RecordRefusalsRequest request;
  request.set_batch_id(kBatch);
  v1::Refusal& refusal = *request.add_refusals();
  rpc::SetTime(absl::FromUnixSeconds(1'789'999'999), *refusal.mutable_time());
  refusal.set_rpc("bitrade.gateway.v1.SessionService/EndListedSession");
  refusal.set_route("DELETE /bitrade/v1/sessions/{id}");
  refusal.set_reason("CSRF_REQUIRED");
  refusal.set_person_id(kPerson);
  refusal.set_acting_for(kCounsel);
  refusal.set_session_id(kSession);
  refusal.set_method("MOBILE_BANKID");
  refusal.set_request_id("00000000-0000-7000-8000-0000000000e1");
  refusal.set_address("192.0.2.7");
  refusal.add_object_ids(kObject);
  refusal.set_count(3);
  return request;
}

TEST_CASE("A refusal stands in the trail with who, what, where from and how often",
          "[identity][postgres]") {
  House house;
  REQUIRE_OK(house.Record("gateway", Batch()));
  const auto row = house.database.Run(
      "SELECT actor_kind, actor, acting_for, session_id, method, outcome, ground, "
      "extract(epoch FROM time)::bigint, object_ids::text, circumstances::text FROM audit")[0];
  CHECK(row[0].as<std::string>() == "PERSON");
  CHECK(row[1].as<std::string>() == kPerson);
  CHECK(row[2].as<std::string>() == kCounsel);
  CHECK(row[3].as<std::string>() == kSession);
  CHECK(row[4].as<std::string>() == "MOBILE_BANKID");
  CHECK(row[5].as<std::string>() == "CSRF_REQUIRED");
  CHECK(row[6].as<std::string>().empty());
  CHECK(row[7].as<int64_t>() == 1'789'999'999);
  CHECK(row[8].as<std::string>() == "{" + std::string(kObject) + "}");
  CHECK(row[9].as<std::string>() ==
        R"({"count": "3", "route": "DELETE /bitrade/v1/sessions/{id}", "address": "192.0.2.7"})");
}

TEST_CASE("A page that is not ours and a browser without a session have a row without a person",
          "[identity][postgres]") {
  House house;
  v1::RecordRefusalsRequest batch = Batch();
  v1::Refusal& refusal = *batch.mutable_refusals(0);
  refusal.clear_person_id();
  refusal.clear_acting_for();
  refusal.clear_session_id();
  refusal.set_count(1);
  refusal.set_why("FOREIGN_PAGE");
  REQUIRE_OK(house.Record("gateway", batch));
  CHECK(house.Count("actor_kind = 'ANONYMOUS' AND actor = '' AND NOT circumstances ? 'count' AND "
                    "circumstances ->> 'why' = 'FOREIGN_PAGE'") == 1);
}

TEST_CASE("A batch that comes again changes nothing", "[identity][postgres]") {
  House house;
  for (int i = 0; i < 2; ++i) REQUIRE_OK(house.Record("gateway", Batch()));
  CHECK(house.Count("true") == 1);
  v1::RecordRefusalsRequest other = Batch();
  other.mutable_refusals(0)->set_count(4);
  CHECK(ReasonOf(house.Record("gateway", other)) == "IDEMPOTENCY_KEY_REUSED");
}

TEST_CASE("Only the gateway tells of refusals, and only in the shape of the contract",
          "[identity][postgres]") {
  House house;
  CHECK(house.Record("documents", Batch()).code() == absl::StatusCode::kPermissionDenied);
  const auto refused = [&](const auto& spoil) {
    v1::RecordRefusalsRequest batch = Batch();
    spoil(batch);
    return ReasonOf(house.Record("gateway", batch)) == "INVALID_REQUEST";
  };
  CHECK(refused([](auto& batch) { batch.clear_refusals(); }));
  CHECK(refused([](auto& batch) { batch.set_batch_id("1"); }));
  CHECK(refused([](auto& batch) { batch.mutable_refusals(0)->set_person_id("Astrid"); }));
  CHECK(refused([](auto& batch) { batch.mutable_refusals(0)->add_object_ids("x"); }));
  CHECK(refused([](auto& batch) { batch.mutable_refusals(0)->clear_reason(); }));
  CHECK(refused([](auto& batch) { batch.mutable_refusals(0)->set_count(0); }));
  CHECK(refused([](auto& batch) { batch.mutable_refusals(0)->clear_time(); }));
  CHECK(
      refused([](auto& batch) { batch.mutable_refusals(0)->set_address(std::string(301, 'x')); }));
  CHECK(refused([](auto& batch) {
    while (batch.refusals_size() <= 500) *batch.add_refusals() = batch.refusals(0);
  }));
  CHECK(house.Count("true") == 0);
}

}  // namespace
}  // namespace bitrade::identity
