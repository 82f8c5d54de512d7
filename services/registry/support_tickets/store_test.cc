#include "services/registry/support_tickets/store.h"

#include "migrations/registry_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::registry {
namespace {

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
constexpr char kHere[] = "192.0.2.1";

SupportTicket Ticket(int number, absl::Time now = kNow) {
  return {.id = SupportTicketId::Trusted("00000000-0000-7000-8000-00000000000" +
                                         std::to_string(number)),
          .reference = SupportReference(std::string(8, static_cast<char>(number))),
          .form = {.what = "Sidan är tom.",
                   .occur_time = now - absl::Hours(1),
                   .which_browser = "Firefox 128",
                   .error_reference = "0190f5a2-7c3e-7b1d-8f00-0123456789ab",
                   .contact = "astrid@exempel.example"},
          .masked = 2,
          .answer = std::nullopt,
          .create_time = now,
          .update_time = now};
}

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
  void Insert(const SupportTicket& ticket, const char* address = kHere) {
    Do([&](postgres::Transaction& tx) {
      store.Insert(tx, ticket, address);
      return true;
    });
  }
  SupportIntake Intake(const char* address, absl::Time now) {
    return Do([&](postgres::Transaction& tx) { return store.Intake(tx, address, now); });
  }
  SupportTicketPage List(const SupportTicketRows& rows) {
    return Do([&](postgres::Transaction& tx) { return store.List(tx, rows).value(); });
  }
  SupportTicket Lock(const SupportTicketId& id) {
    return Do([&](postgres::Transaction& tx) { return store.Lock(tx, id).value().value(); });
  }

  testing::Database database{registry_schema()};
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  SupportTicketStore store{keyring};
};

TEST_CASE("A support ticket comes back as it was stored", "[registry][postgres]") {
  Bench bench;
  bench.Insert(Ticket(1));

  const SupportTicket found = bench.Lock(Ticket(1).id);

  CHECK(found.reference == Ticket(1).reference);
  CHECK(found.form.what == "Sidan är tom.");
  CHECK(found.form.occur_time == kNow - absl::Hours(1));
  CHECK(found.form.which_browser == "Firefox 128");
  CHECK(found.form.error_reference == Ticket(1).form.error_reference);
  CHECK(found.form.contact == "astrid@exempel.example");
  CHECK(found.masked == 2);
  CHECK(found.state() == SupportState::kOpen);
  CHECK(found.version == 1);
}

TEST_CASE("An answer comes back with its ticket", "[registry][postgres]") {
  Bench bench;
  bench.Insert(Ticket(1));
  SupportTicket ticket = Ticket(1);
  REQUIRE_OK(
      AnswerSupportTicket(ticket, {.text = "Prova igen.", .officer = "desk-7", .time = kNow}));
  bench.Do([&](postgres::Transaction& tx) {
    bench.store.Update(tx, ticket);
    return true;
  });

  const SupportTicket found = bench.Lock(ticket.id);

  CHECK(found.answer->text == "Prova igen.");
  CHECK(found.answer->officer == "desk-7");
  CHECK(found.answer->time == kNow);
  CHECK(found.version == 2);
}

TEST_CASE("Nothing that people wrote is stored in clear, and no address at all",
          "[registry][postgres]") {
  Bench bench;
  bench.Insert(Ticket(1));

  const auto clear = bench.database.Run(
      "SELECT count(*) FROM support_ticket t, support_intake i "
      "WHERE t::text || i::text LIKE '%tom%' OR t::text LIKE '%exempel%' OR i::text LIKE '%192.%' "
      "OR position('Firefox'::bytea IN which_browser) > 0 OR position('exempel'::bytea IN contact) "
      "> 0");
  CHECK(clear[0][0].as<int>() == 0);
}

TEST_CASE("A list has one state or one ticket, the newest first", "[registry][postgres]") {
  Bench bench;
  for (int number = 1; number <= 3; ++number) bench.Insert(Ticket(number));

  const SupportTicketPage first = bench.List({.reference = "", .limit = 2});
  REQUIRE(first.tickets.size() == 2);
  CHECK(first.tickets[0].id == Ticket(3).id);
  CHECK(first.total == 3);
  CHECK(bench.List({.reference = "", .limit = 2, .offset = 4}).total == 3);
  CHECK(bench.List({.state = SupportState::kAnswered, .reference = ""}).total == 0);
  const SupportTicketPage one = bench.List({.reference = Ticket(2).reference});
  REQUIRE(one.tickets.size() == 1);
  CHECK(one.tickets[0].id == Ticket(2).id);
}

TEST_CASE("Tickets are counted by address for an hour and forgotten after a day",
          "[registry][postgres]") {
  Bench bench;
  bench.Insert(Ticket(1));
  bench.Insert(Ticket(2), "192.0.2.2");

  const absl::Time soon = kNow + absl::Seconds(30);
  CHECK(bench.Intake(kHere, soon).from_address == 1);
  CHECK(bench.Intake(kHere, soon).from_anywhere == 2);
  CHECK(bench.Intake("192.0.2.3", soon).from_address == 0);
  CHECK(bench.Intake(kHere, kNow + absl::Minutes(59)).from_address == 1);
  CHECK(bench.Intake(kHere, kNow + absl::Minutes(59)).from_anywhere == 0);
  CHECK(bench.Intake(kHere, kNow + absl::Hours(1)).from_address == 0);
  bench.Intake(kHere, kNow + absl::Hours(24));
  CHECK(bench.database.Run("SELECT count(*) FROM support_intake")[0][0].as<int>() == 0);
}

}  // namespace
}  // namespace bitrade::registry
