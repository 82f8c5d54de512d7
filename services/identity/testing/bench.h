// What tests of the stores begin with: a schema, the stores over it, and log-ins to put in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/identity/orders/recorder.h"

namespace bitrade::identity {

inline postgres::MigrationPlan WholeSchema() {
  postgres::MigrationPlan plan = common_schema();
  plan.insert(plan.end(), identity_schema().begin(), identity_schema().end());
  return plan;
}

// The secret of a test's `number`th browser, as it is stored.
inline std::string SecretHash(int number) { return std::string(32, static_cast<char>(number)); }

struct Bench {
  const absl::Time start = absl::FromUnixSeconds(1'790'000'000);
  testing::Database database{WholeSchema()};
  testing::FakeClock clock{start};
  testing::FakeIds ids;
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  LoginStore logins{keyring};
  OrderStore orders{keyring};
  PersonStore persons{keyring};
  OrderRecorder recorder{logins, orders, persons, ids};

  void Run(const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  }

  // Enters a pending log-in of browser `browser` with `order`, due in two seconds.
  Login Enter(int browser, const BankIdOrder& order) {
    const Login login{.id = ids.New<LoginId>(clock.TimeNow()),
                      .method = Method::kMobileBankId,
                      .start = Start::kOtherDevice,
                      .purpose = Purpose::kEnter,
                      .hint = "OUTSTANDING_TRANSACTION",
                      .message_key = "RFA1",
                      .create_time = clock.TimeNow()};
    Run([&](auto& tx) {
      logins.Insert(tx, login, SecretHash(browser));
      orders.Insert(tx, login.id, order, clock.TimeNow() + kCollectEvery);
    });
    return login;
  }

  Login Enter(int browser) {
    return Enter(browser, {"order-ref", "auto-start-token", {"qr-token", "qr-secret"}, start});
  }

  SeenLogin Find(const Login& login, int browser) {
    SeenLogin found{.login = login, .name = "", .order = std::nullopt};
    Run([&](auto& tx) {
      const auto seen = logins.Find(tx, login.id, SecretHash(browser));
      REQUIRE_OK(seen);
      REQUIRE(seen->has_value());
      found = **seen;
    });
    return found;
  }

  std::vector<TakenOrder> Take(absl::Time now) {
    std::vector<TakenOrder> taken;
    Run([&](auto& tx) { taken = orders.TakeDue(tx, now, now + absl::Seconds(7), 100); });
    return taken;
  }

  // Cancels a log-in as its browser does.
  void Cancel(const Login& login) {
    Run([&](auto& tx) {
      logins.Save(tx, *identity::Cancel(*logins.Lock(tx, login.id), clock.TimeNow()));
      orders.AskNext(tx, login.id, {.due = clock.TimeNow(), .failures = 0});
    });
  }

  int Count(const std::string& what) {
    return database.Run("SELECT count(*) FROM " + what)[0][0].as<int>();
  }
};

}  // namespace bitrade::identity
