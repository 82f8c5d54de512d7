#include "services/registry/upkeep.h"

#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::registry {
namespace {

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kKept = absl::Hours(180 * 24);

struct Bench {
  template <typename Work>
  auto Do(Work work) {
    std::optional<decltype(work(std::declval<postgres::Transaction&>()))> result;
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      result = work(tx);
      return absl::OkStatus();
    }));
    return *std::move(result);
  }
  // A ticket of before `kNow`, answered then unless it waits.
  void Ticket(int number, std::optional<absl::Time> answered) {
    SupportTicket ticket{
        .id = SupportTicketId::Trusted(absl::StrCat("00000000-0000-7000-8000-00000000000", number)),
        .reference = SupportReference(std::string(8, static_cast<char>(number))),
        .form = {.what = "Sidan är tom.",
                 .occur_time = kNow - kDay,
                 .which_browser = "Firefox 128",
                 .error_reference = "",
                 .contact = "astrid@exempel.example"},
        .answer = std::nullopt,
        .create_time = kNow - kDay,
        .update_time = kNow - kDay};
    Do([&](postgres::Transaction& tx) {
      stores.support_tickets.Insert(tx, ticket, "192.0.2.1");
      if (!answered) return true;
      REQUIRE_OK(AnswerSupportTicket(
          ticket, {.text = "Prova igen.", .officer = "desk-7", .time = *answered}));
      stores.support_tickets.Update(tx, ticket);
      return true;
    });
  }
  void TidyAt(absl::Duration later) { Tidy(database.connection(), stores, kNow + later); }
  std::string Ask(const std::string& sql) { return database.Run(sql)[0][0].as<std::string>(); }
  std::string Left() {
    return Ask(
        "SELECT coalesce(string_agg(right(id::text, 1), ' ' ORDER BY id), '') "
        "FROM support_ticket");
  }

  testing::Database database{rpc::PlanOf({common_schema(), registry_schema()})};
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  Stores stores{keyring};
};

TEST_CASE("A support ticket is destroyed when its time after the answer is over, and not before",
          "[registry][postgres]") {
  Bench bench;
  bench.Ticket(1, kNow);
  bench.Ticket(2, kNow + kDay);
  bench.Ticket(3, std::nullopt);

  bench.TidyAt(kKept - absl::Seconds(1));
  CHECK(bench.Left() == "1 2 3");
  bench.TidyAt(kKept);
  CHECK(bench.Left() == "2 3");
  CHECK(bench.Ask("SELECT object_ids::text FROM audit WHERE rpc = 'registry/DisposeSupportTickets' "
                  "AND ground = 'SCHEDULE'") == "{00000000-0000-7000-8000-000000000001}");
  bench.TidyAt(100 * kKept);

  CHECK(bench.Left() == "3");
}

TEST_CASE("A support ticket has the period of the day of its answer, and without one it stays",
          "[registry][postgres]") {
  Bench bench;
  bench.database.Run(
      "UPDATE support_ticket_period SET valid_to = '2026-03-02'; "
      "INSERT INTO support_ticket_period VALUES ('2026-03-04', NULL, 10, 'another decision')");
  for (const int day : {0, 1, 2}) bench.Ticket(day + 1, kNow + day * kDay);

  bench.TidyAt(12 * kDay);
  CHECK(bench.Left() == "1 2");
  bench.TidyAt(2 * kKept);

  CHECK(bench.Left() == "2");
}

TEST_CASE("Tickets that were left by whoever was killed in the middle are destroyed by the next",
          "[registry][postgres]") {
  Bench bench;
  for (const int number : {1, 2, 3}) bench.Ticket(number, kNow);
  const auto piece = [&](const absl::Status& end) {
    return bench.database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      CHECK(bench.stores.support_tickets.DisposeDue(tx, kNow + kKept, 2) == 2);
      return end;
    });
  };

  CHECK_FALSE(piece(absl::UnavailableError("killed before the commit")).ok());
  CHECK(bench.Left() == "1 2 3");
  REQUIRE_OK(piece(absl::OkStatus()));
  CHECK(bench.Left() == "3");
  bench.TidyAt(kKept);

  CHECK(bench.Left().empty());
}

}  // namespace
}  // namespace bitrade::registry
