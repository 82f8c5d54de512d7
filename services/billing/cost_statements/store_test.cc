#include "services/billing/cost_statements/store.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "migrations/access_schema.h"
#include "migrations/billing_schema.h"
#include "migrations/common_schema.h"
#include "services/billing/cost_statements/receipt_store.h"
#include "services/common/access/projection.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::billing {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const std::string kCounsel = "00000000-0000-7000-8000-0000000000c1";
const std::string kAppointment = "00000000-0000-7000-8000-0000000000a1";

postgres::MigrationPlan Plan() {
  postgres::MigrationPlan plan = common_schema();
  for (const auto* more : {&access_schema(), &billing_schema()}) {
    plan.insert(plan.end(), more->begin(), more->end());
  }
  return plan;
}

// A database in which the counsel sees the appointment for a day more.
struct Bench {
  Bench() : database(Plan()) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      access::Store(tx, {.appointment_id = kAppointment,
                         .counsel_id = kCounsel,
                         .version = 1,
                         .digital = true,
                         .visible_until = kNow + absl::Hours(24),
                         .released = std::nullopt,
                         .authority = "MIGRATION_AGENCY",
                         .category = "ASYLUM_ADULT"});
      return absl::OkStatus();
    }));
  }

  void Run(const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  }

  testing::Database database;
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  CostStatementStore statements{keyring};
  ReceiptStore receipts{keyring};
};

const Reach kEverywhere{.authorities = {"*"}, .categories = {"*"}};

Reader At(absl::Time now, const std::string& counsel = kCounsel) {
  return {.counsel_id = counsel, .now = now, .asked = true};
}

StoredStatement Draft(int number) {
  return {.statement = {.id = CostStatementId::Trusted(
                            absl::StrCat("00000000-0000-7000-8000-00000000000", number)),
                        .appointment = AppointmentId::Trusted(kAppointment),
                        .counsel = CounselId::Trusted(kCounsel),
                        .create_time = kNow + absl::Seconds(number),
                        .update_time = kNow + absl::Seconds(number)},
          .content = {.input = "secret input", .result = "", .manifest = ""}};
}

Receipt ReceiptOf(const StoredStatement& stored) {
  return {.number = "BT-2026-00000001",
          .cost_statement = stored.statement.id,
          .received_time = kNow,
          .manifest_sha256 = std::string(64, 'a'),
          .total = Ore(100)};
}

void FileIt(Bench& bench, postgres::Transaction& tx, StoredStatement& stored) {
  REQUIRE_OK(File(stored.statement, kNow));
  stored.content.result = "result";
  stored.content.manifest = "manifest";
  bench.statements.Update(tx, stored);
  bench.receipts.Insert(tx, ReceiptOf(stored));
}

TEST_CASE("A draft comes back as stored, sealed meanwhile", "[billing][postgres]") {
  Bench bench;
  StoredStatement draft = Draft(1);
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, draft);
    auto found = bench.statements.Lock(tx, At(kNow), draft.statement.id);
    REQUIRE_OK(found);
    CHECK(found->value().content.input == "secret input");
    draft.statement.version = 2;
    draft.content.input = "other input";
    bench.statements.Update(tx, draft);
    found = bench.statements.Find(tx, At(kNow), draft.statement.id);
    CHECK(found->value().content.input == "other input");
    CHECK(found->value().statement.version == 2);
  });
  const pqxx::result rows =
      bench.database.Run("SELECT encode(input, 'escape') FROM cost_statement");
  CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), "input"));
}

TEST_CASE("Sealed content moved to another version does not open", "[billing][postgres]") {
  Bench bench;
  bench.Run([&](auto& tx) { bench.statements.Insert(tx, Draft(1)); });
  bench.database.Run("UPDATE cost_statement SET content_version = 7");
  bench.Run([&](auto& tx) {
    CHECK_FALSE(bench.statements.Find(tx, At(kNow), Draft(1).statement.id).ok());
  });
}

TEST_CASE("Drafts go with the appointment, filings stay with their counsel",
          "[billing][postgres]") {
  Bench bench;
  StoredStatement draft = Draft(1), filed = Draft(2);
  const absl::Time late = kNow + absl::Hours(25);
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, draft);
    bench.statements.Insert(tx, filed);
    FileIt(bench, tx, filed);
    CHECK(bench.statements.Find(tx, At(kNow), draft.statement.id)->has_value());
    CHECK_FALSE(bench.statements.Find(tx, At(late), draft.statement.id)->has_value());
    CHECK(bench.statements.Find(tx, At(late), filed.statement.id)->has_value());
    const Reader stranger = At(kNow, "00000000-0000-7000-8000-0000000000c2");
    CHECK_FALSE(bench.statements.Find(tx, stranger, filed.statement.id)->has_value());
    CHECK_FALSE(bench.statements.Sees(tx, stranger, draft.statement.appointment));
    CHECK_FALSE(bench.receipts.Find(tx, stranger, filed.statement.id).has_value());
    CHECK(bench.receipts.Find(tx, At(late), filed.statement.id).has_value());
    CHECK_FALSE(bench.statements.AppointmentOf(tx, CounselId::Trusted(stranger.counsel_id),
                                               draft.statement.id));
    CHECK(bench.statements.AppointmentOf(tx, CounselId::Trusted(kCounsel), draft.statement.id)
              .has_value());
    auto page = bench.statements.List(tx, At(kNow), draft.statement.appointment, {1, 0});
    REQUIRE_OK(page);
    CHECK(page->appointment_seen);
    CHECK(page->total == 2);
    REQUIRE(page->statements.size() == 1);
    CHECK(page->statements[0].statement.id == filed.statement.id);
    page = bench.statements.List(tx, At(late), draft.statement.appointment, {20, 0});
    CHECK_FALSE(page->appointment_seen);
    CHECK(page->total == 1);
  });
}

TEST_CASE("Filings and receipts go at the end that the decision on compensation gives them",
          "[billing][postgres]") {
  Bench bench;
  StoredStatement filed = Draft(1);
  const absl::Time end = kNow + absl::Hours(24 * 90);
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, filed);
    FileIt(bench, tx, filed);
    access::Store(tx, {.appointment_id = kAppointment,
                       .counsel_id = kCounsel,
                       .version = 2,
                       .digital = true,
                       .visible_until = kNow + absl::Hours(24),
                       .released = std::nullopt,
                       .filings_visible_until = end});
    const absl::Time last = end - absl::Microseconds(1);
    CHECK(bench.statements.Find(tx, At(last), filed.statement.id)->has_value());
    CHECK(bench.receipts.Find(tx, At(last), filed.statement.id).has_value());
    CHECK_FALSE(bench.statements.Find(tx, At(end), filed.statement.id)->has_value());
    CHECK_FALSE(bench.receipts.Find(tx, At(end), filed.statement.id).has_value());
    CHECK(bench.statements.List(tx, At(end), filed.statement.appointment, {})->total == 0);
  });
}

TEST_CASE("A projection that is not fresh counts only when the owner was asked",
          "[billing][postgres]") {
  Bench bench;
  bench.Run([&](auto& tx) {
    Reader reader = At(kNow);
    CHECK(bench.statements.Sees(tx, reader, AppointmentId::Trusted(kAppointment)));
    reader.asked = false;
    CHECK_FALSE(bench.statements.Sees(tx, reader, AppointmentId::Trusted(kAppointment)));
  });
}

TEST_CASE("What is filed stands in the agency's list until registered", "[billing][postgres]") {
  Bench bench;
  StoredStatement filed = Draft(1);
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, filed);
    FileIt(bench, tx, filed);
    const auto list = bench.receipts.Unregistered(tx, kEverywhere, {});
    REQUIRE(list.size() == 1);
    REQUIRE_OK(list[0].opened);
    CHECK(list[0].stored.content.manifest == "manifest");
    CHECK(list[0].receipt.manifest_sha256 == std::string(64, 'a'));
    for (const Reach& reach :
         {Reach{{"POLICE_AUTHORITY"}, {"*"}}, Reach{{"*"}, {"DETENTION"}}, Reach()}) {
      CHECK(bench.receipts.Unregistered(tx, reach, {}).empty());
    }
    CHECK(bench.receipts.CountUnregistered(tx, kNow) == 0);
    CHECK(bench.receipts.CountUnregistered(tx, kNow + absl::Seconds(1)) == 1);
    const auto locked = bench.receipts.Lock(tx, filed.statement.id);
    REQUIRE(locked.has_value());
    CHECK(locked->authority == "MIGRATION_AGENCY");
    CHECK(locked->category == "ASYLUM_ADULT");
    CostStatement statement = locked->statement;
    CHECK(Register(statement, locked->receipt, std::string(64, 'a'), "K-1", kNow).value());
    bench.receipts.Register(tx, statement);
    CHECK(bench.receipts.Unregistered(tx, kEverywhere, {}).empty());
    const auto found = bench.statements.Find(tx, At(kNow), filed.statement.id);
    CHECK(found->value().statement.diary_number == "K-1");
    CHECK(found->value().content.manifest == "manifest");
  });
}

TEST_CASE("The database itself keeps what is filed", "[billing][postgres]") {
  Bench bench;
  StoredStatement filed = Draft(1);
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, filed);
    FileIt(bench, tx, filed);
  });
  CHECK_THROWS(bench.database.Run("UPDATE cost_statement SET input = 'x'"));
  bench.database.Run("DELETE FROM receipt");
  CHECK_THROWS(bench.database.Run("DELETE FROM cost_statement"));
}

TEST_CASE("Receipt serials have no gaps and start anew each year", "[billing][postgres]") {
  Bench bench;
  bench.Run([&](auto& tx) {
    CHECK(bench.receipts.NextSerial(tx, 2026) == 1);
    CHECK(bench.receipts.NextSerial(tx, 2026) == 2);
    CHECK(bench.receipts.NextSerial(tx, 2027) == 1);
  });
}

TEST_CASE("A deleted draft is gone", "[billing][postgres]") {
  Bench bench;
  bench.Run([&](auto& tx) {
    bench.statements.Insert(tx, Draft(1));
    bench.statements.DeleteDraft(tx, Draft(1).statement.id);
    CHECK(bench.statements.All(tx).empty());
  });
}

}  // namespace
}  // namespace bitrade::billing
