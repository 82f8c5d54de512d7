// Log-ins over the wire: as whom one enters, and what counsel are told of their delegates'.
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/registry/testing/delegations.h"
#include "services/registry/testing/register.h"

namespace bitrade::registry {
namespace {

using testing::kAstrid;
using testing::kDisa;
using testing::kStranger;
using Stub = v1::ProfileService::Stub;

struct House : testing::Register {
  House() : stub(v1::ProfileService::NewStub(gateway->channel())) {
    REQUIRE_OK(Enter(testing::EntryOf("source-1")));
  }

  v1::RecordLogInResponse LogsIn(const std::string& person, const std::string& device,
                                 v1::LogInPurpose purpose = v1::ENTER) {
    LogIn(person);
    v1::RecordLogInRequest request;
    request.set_device_identifier(device);
    request.set_purpose(purpose);
    const auto answer = gateway->Call(*stub, &Stub::RecordLogIn, request);
    REQUIRE_OK(answer);
    return *answer;
  }
  void Delegate() {
    testing::LetDelegate(
        database, stores.delegations,
        {.principal_id = kAstrid, .delegate_id = kDisa, .scopes = {"documents:read"}},
        clock.TimeNow());
  }
  // What registry has told of log-ins, in order.
  std::string Told() {
    return database
        .Run(
            "SELECT coalesce(string_agg(kind, ' ' ORDER BY seq), '') FROM event "
            "WHERE aggregate = 'delegate_log_in'")[0][0]
        .as<std::string>();
  }

  std::unique_ptr<Stub> stub;
};

TEST_CASE("A counsel is told of her delegate's first log-in, and of each in a new browser",
          "[registry][postgres]") {
  House house;
  house.Delegate();

  for (const char* device : {"office", "office", "home", "office", "home"}) {
    const v1::RecordLogInResponse answer = house.LogsIn(kDisa, device);
    REQUIRE(answer.profiles_size() == 1);
    CHECK(answer.profiles(0).kind() == v1::Profile::DELEGATE);
  }

  CHECK(house.Told() == "FIRST_LOG_IN NEW_BROWSER");
  const auto rows = house.database.Run(
      "SELECT data->>'principal', data->>'delegate', data->>'delegation', event::text FROM event "
      "WHERE kind = 'NEW_BROWSER'");
  CHECK(rows[0][0].as<std::string>() == kAstrid);
  CHECK(rows[0][1].as<std::string>() == kDisa);
  CHECK(rows[0][2].as<std::string>() == "00000000-0000-7000-b000-000000000001");
  CHECK(rows[0][3].as<std::string>().find("home") == std::string::npos);
}

TEST_CASE("A browser that keeps nothing is a new one, and a log-in told twice is one",
          "[registry][postgres]") {
  House house;
  house.Delegate();
  house.LogsIn(kDisa, "office");

  house.LogsIn(kDisa, "");
  house.LogsIn(kDisa, "");

  CHECK(house.Told() == "FIRST_LOG_IN NEW_BROWSER");
}

TEST_CASE("Nobody is told of the log-in of who is nobody's delegate", "[registry][postgres]") {
  House house;

  CHECK(house.LogsIn(kAstrid, "office").profiles(0).kind() == v1::Profile::COUNSEL);
  CHECK(house.LogsIn(kStranger, "office").profiles_size() == 0);
  CHECK(house.database
            .Run("SELECT string_agg(actor, ' ') FROM audit WHERE circumstances ->> 'why' = "
                 "'NOT_IN_REGISTER'")[0][0]
            .as<std::string>() == kStranger);

  CHECK(house.Told().empty());
}

TEST_CASE("Whoever logs in to apply to the register is an applicant unless she is in it",
          "[registry][postgres]") {
  House house;
  house.Delegate();

  const v1::RecordLogInResponse stranger =
      house.LogsIn(kStranger, "office", v1::REGISTER_APPLICATION);
  REQUIRE(stranger.profiles_size() == 1);
  CHECK(stranger.profiles(0).kind() == v1::Profile::APPLICANT);
  CHECK(stranger.profiles(0).counsel_id() == kStranger);
  const v1::RecordLogInResponse delegate = house.LogsIn(kDisa, "office", v1::REGISTER_APPLICATION);
  REQUIRE(delegate.profiles_size() == 2);
  CHECK(delegate.profiles(0).kind() == v1::Profile::APPLICANT);
  CHECK(delegate.profiles(1).kind() == v1::Profile::DELEGATE);
  const v1::RecordLogInResponse counsel = house.LogsIn(kAstrid, "office", v1::REGISTER_APPLICATION);
  REQUIRE(counsel.profiles_size() == 1);
  CHECK(counsel.profiles(0).kind() == v1::Profile::COUNSEL);
}

}  // namespace
}  // namespace bitrade::registry
