// Delegates compared with parties: what registry tells, what identity answers, what others hear.
#include "services/appointments/parties/comparer.h"

#include "services/appointments/snapshot.h"
#include "services/appointments/testing/scene.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Amina;
using testing::kNow;

constexpr char kDisa[] = "00000000-0000-7000-9000-0000000000d1";
constexpr char kNumber[] = "189001019802";
const absl::Time kUntil = kNow + absl::Hours(24);

// Identity, who knows one person.
class Persons final : public identity::v1::PersonService::Service {
 public:
  grpc::Status GetIdentityNumber(grpc::ServerContext* /*context*/,
                                 const identity::v1::GetIdentityNumberRequest* request,
                                 identity::v1::GetIdentityNumberResponse* response) override {
    if (request->person_id() != kDisa) return {grpc::StatusCode::NOT_FOUND, "nobody"};
    response->set_identity_number(kNumber);
    return grpc::Status::OK;
  }
};

struct Bench : testing::Scene {
  Bench() {
    identity.Serve(std::make_unique<Persons>());
    identity.Start();
    neighbour = std::make_unique<rpc::Neighbour>(
        "identity", identity.address(), keys.TlsOf("appointments"),
        rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
    client = std::make_unique<IdentityClient>(*neighbour);
    comparer =
        std::make_unique<Comparer>(stores().delegates, stores().parties, *client, clock, ids);
  }

  void Hear(const std::string& delegate, const std::string& state = "INVITED") {
    events::v1::Event event;
    event.set_aggregate("delegation");
    event.set_aggregate_id(delegate.substr(0, 35) + "f");
    (*event.mutable_data())["delegate"] = delegate;
    (*event.mutable_data())["state"] = state;
    (*event.mutable_data())["valid_until_us"] = absl::StrCat(absl::ToUnixMicros(kUntil));
    Change([&](postgres::Transaction& tx) { comparer->Hear(tx, event); });
  }
  void Round() { comparer->Round(database().connection()); }
  Matter Hers() {
    ApplicantDetails amina = Amina();
    amina.identifiers.push_back({.type = "PERSONNUMMER", .value = kNumber, .valid_from = {}});
    return Registered(Handling::kDigital, {amina});
  }
  int Hashes() { return database().Run("SELECT count(*) FROM delegate_hash")[0][0].as<int>(); }
  std::string Told() {
    return database()
        .Run(
            "SELECT coalesce(string_agg(concat_ws(' ', kind, data->>'person_id', "
            "data->>'matter_id'), ','), '') FROM event WHERE aggregate = 'party'")[0][0]
        .as<std::string>();
  }

  bitrade::testing::FakeClock clock{kNow};
  RandomIds ids;
  rpc::testing::Keys keys;
  rpc::testing::Server identity{keys, {"identity", database().conninfo()}, clock};
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<IdentityClient> client;
  std::unique_ptr<Comparer> comparer;
};

TEST_CASE("A delegate who is a party in a matter is found once and told",
          "[appointments][postgres]") {
  Bench bench;
  const Matter hers = bench.Hers();
  bench.Hear(kDisa);
  bench.Round();
  bench.Hear(kDisa);
  bench.Round();

  CHECK(bench.Told() == std::string("FOUND ") + kDisa + " " + hers.id.text());
  const auto events =
      bench.Read([&](postgres::Transaction& tx) { return Snapshot(bench.stores(), tx); });
  REQUIRE(events.size() == 1);
  CHECK(events[0].aggregate() == "party");
  CHECK(events[0].data().at("person_id") == kDisa);
  CHECK(events[0].data().at("matter_id") == hers.id.text());
}

TEST_CASE("The hashes of a delegate go with her last delegation, and what was found stays",
          "[appointments][postgres]") {
  Bench bench;
  bench.Hers();
  bench.Hear(kDisa);
  bench.Round();
  REQUIRE(bench.Hashes() > 0);
  const std::string found = bench.Told();

  SECTION("when it is revoked, expires or lapses") {
    const std::string ended = GENERATE("REVOKED", "EXPIRED", "LAPSED");
    bench.Hear(kDisa, ended);
  }
  SECTION("when its time is out") { bench.clock.Advance(absl::Hours(24)); }
  bench.Round();

  CHECK(bench.Hashes() == 0);
  CHECK(bench.Told() == found);
}

TEST_CASE("A delegate of another counsel is compared on", "[appointments][postgres]") {
  Bench bench;
  bench.Hear(kDisa);
  bench.Change([&](postgres::Transaction& tx) {
    bench.stores().delegates.Expect(tx,
                                    {DelegationId::Trusted("00000000-0000-7000-9000-0000000000e2"),
                                     PersonId::Trusted(kDisa), kUntil});
  });
  bench.Round();
  bench.Hear(kDisa, "REVOKED");
  bench.Round();

  CHECK(bench.Hashes() > 0);
}

TEST_CASE("Who becomes a delegate again is compared again", "[appointments][postgres]") {
  Bench bench;
  bench.Hear(kDisa);
  bench.Round();
  bench.Hear(kDisa, "REVOKED");
  bench.Round();
  const Matter hers = bench.Hers();
  CHECK(bench.Told().empty());

  bench.Hear(kDisa);
  bench.Round();

  CHECK(bench.Told() == std::string("FOUND ") + kDisa + " " + hers.id.text());
}

TEST_CASE("Who is not known to identity keeps nobody else from being compared",
          "[appointments][postgres]") {
  Bench bench;
  bench.Hers();
  bench.Hear("00000000-0000-7000-9000-0000000000a0");
  bench.Hear(kDisa);

  bench.Round();

  CHECK_FALSE(bench.Told().empty());
}

TEST_CASE("A round that fails leaves its delegates to the next", "[appointments][postgres]") {
  Bench bench;
  bench.Hers();
  bench.Hear(kDisa);
  bench.database().Run("ALTER TABLE delegate_hash RENAME TO away");
  bench.Round();
  bench.database().Run("ALTER TABLE away RENAME TO delegate_hash");
  CHECK(bench.Told().empty());

  bench.Round();

  CHECK_FALSE(bench.Told().empty());
}

}  // namespace
}  // namespace bitrade::appointments
