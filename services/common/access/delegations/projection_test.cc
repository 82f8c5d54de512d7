#include "services/common/access/delegations/projection.h"

#include "absl/strings/str_cat.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "migrations/access_schema.h"
#include "migrations/common_schema.h"
#include "services/common/access/projection.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::access {
namespace {

using postgres::Statement;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const std::string kCounsel = "00000000-0000-7000-9000-000000000001";
const std::string kDelegate = "00000000-0000-7000-9000-000000000002";
const std::string kAppointment = "00000000-0000-7000-8000-000000000001";
const std::string kMatter = "00000000-0000-7000-a000-000000000001";

DelegationFacts Facts() {
  return {.delegation_id = "00000000-0000-7000-b000-000000000001",
          .principal_id = kCounsel,
          .delegate_id = kDelegate,
          .scopes = {"appointments:read", "documents:read"},
          .valid_from = kNow - absl::Hours(1),
          .valid_until = kNow + absl::Hours(1),
          .active = true,
          .version = 2};
}

AppointmentFacts Appointed(const std::string& id, const std::string& counsel,
                           const std::string& matter) {
  return {.appointment_id = id,
          .counsel_id = counsel,
          .matter_id = matter,
          .version = 1,
          .digital = true,
          .visible_until = kNow + absl::Hours(24),
          .released = std::nullopt};
}

constexpr Statement kSees{
    "test_sees",
    "SELECT 1 FROM access_appointment a WHERE a.appointment_id = $1 AND " BITRADE_SEEN_BY_COUNSEL};

Reader Delegate(const std::string& scope = "documents:read") {
  return {.counsel_id = kCounsel, .now = kNow, .delegate_id = kDelegate, .scope = scope};
}

// A counsel's appointment, a delegate's leave, and both owners heard a moment ago.
struct Bench {
  Bench() : database(rpc::PlanOf({common_schema(), access_schema()})) {
    for (const char* source : {"appointments", "registry"}) Heard(source, kNow);
    Keep(Appointed(kAppointment, kCounsel, kMatter));
  }

  void Heard(const std::string& source, absl::Time time) {
    database.Run(absl::StrCat("INSERT INTO consumer (source, fresh_time) VALUES ('", source, "', '",
                              postgres::TimeParam(time),
                              "') ON CONFLICT (source) DO UPDATE SET fresh_time = "
                              "excluded.fresh_time"));
  }
  template <typename Some>
  void Keep(const Some& facts) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      Store(tx, facts);
      return absl::OkStatus();
    }));
  }
  bool Sees(const Reader& reader) {
    bool seen = false;
    REQUIRE_OK(database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
      seen = !ExecAs(reader, tx, kSees, kAppointment).empty();
      return absl::OkStatus();
    }));
    return seen;
  }

  testing::Database database;
};

TEST_CASE("A delegate sees what the counsel lets her see, and a stranger nothing",
          "[access][postgres]") {
  Bench bench;
  CHECK(bench.Sees({.counsel_id = kCounsel, .now = kNow}));
  CHECK_FALSE(bench.Sees(Delegate()));

  bench.Keep(Facts());

  CHECK(bench.Sees(Delegate()));
  CHECK_FALSE(bench.Sees(Delegate("drafts:write")));
  CHECK_FALSE(bench.Sees(Delegate("")));
  Reader stranger = Delegate();
  stranger.delegate_id = "00000000-0000-7000-9000-000000000003";
  CHECK_FALSE(bench.Sees(stranger));
}

TEST_CASE("A delegation of one counsel opens nothing of another's", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  const std::string other = "00000000-0000-7000-9000-000000000005";
  bench.Keep(Appointed("00000000-0000-7000-8000-000000000002", other, kMatter));

  Reader reader = Delegate();
  reader.counsel_id = other;
  CHECK_FALSE(bench.Sees(reader));
}

TEST_CASE("A delegation holds from its first instant to its last", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  const auto at = [&bench](absl::Time now) {
    Reader reader = Delegate();
    reader.now = now;
    reader.asked = true;
    return bench.Sees(reader);
  };
  CHECK_FALSE(at(Facts().valid_from - absl::Microseconds(1)));
  CHECK(at(Facts().valid_from));
  CHECK(at(Facts().valid_until - absl::Microseconds(1)));
  CHECK_FALSE(at(Facts().valid_until));
}

TEST_CASE("What registry has not told for five seconds counts as unknown", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  bench.Heard("registry", kNow - absl::Seconds(5));

  CHECK_FALSE(bench.Sees(Delegate()));
  CHECK(bench.Sees({.counsel_id = kCounsel, .now = kNow}));
  Reader asked = Delegate();
  asked.asked = true;
  CHECK(bench.Sees(asked));
}

TEST_CASE("Whoever is counsel in a matter is nobody's delegate there", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  const std::string other = "00000000-0000-7000-8000-000000000002";

  bench.Keep(Appointed(other, kDelegate, "00000000-0000-7000-a000-000000000002"));
  CHECK(bench.Sees(Delegate()));
  bench.Keep(Appointed("00000000-0000-7000-8000-000000000003", kDelegate, kMatter));
  CHECK_FALSE(bench.Sees(Delegate()));
}

TEST_CASE("A matter that is not known lets no delegate in", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  bench.database.Run("UPDATE access_appointment SET matter_id = NULL");

  CHECK_FALSE(bench.Sees(Delegate()));
  CHECK(bench.Sees({.counsel_id = kCounsel, .now = kNow}));
}

TEST_CASE("Only newer facts of a delegation are stored", "[access][postgres]") {
  Bench bench;
  bench.Keep(Facts());
  DelegationFacts revoked = Facts();
  revoked.active = false;
  revoked.version = 3;
  bench.Keep(revoked);
  bench.Keep(Facts());

  CHECK_FALSE(bench.Sees(Delegate()));
}

TEST_CASE("A delegation's event is read as registry writes it", "[access][domain]") {
  events::v1::Event event;
  event.set_aggregate("delegation");
  event.set_aggregate_id(Facts().delegation_id);
  event.set_version(2);
  auto& data = *event.mutable_data();
  data["principal"] = kCounsel;
  data["delegate"] = kDelegate;
  data["scopes"] = "appointments:read,documents:read";
  data["valid_from_us"] = "1";
  data["valid_until_us"] = "2";
  data["state"] = "ACTIVE";

  const auto facts = DelegationFactsOf(event);

  REQUIRE(facts.has_value());
  CHECK(facts->scopes == Facts().scopes);
  CHECK(facts->valid_until == absl::FromUnixMicros(2));
  CHECK(facts->active);
  data["state"] = "INVITED";
  CHECK_FALSE(DelegationFactsOf(event)->active);
  event.set_aggregate("counsel");
  CHECK_FALSE(DelegationFactsOf(event).has_value());
}

TEST_CASE("A question names a subject, and a delegation where a delegate asks",
          "[access][domain]") {
  CHECK(QuestionOf("subject").subject == "subject");
  CHECK(QuestionOf("subject").delegate_id.empty());
  const Question question = QuestionOf("/principal/delegate");
  CHECK(question.subject.empty());
  CHECK(question.principal_id == "principal");
  CHECK(question.delegate_id == "delegate");
}

}  // namespace
}  // namespace bitrade::access
