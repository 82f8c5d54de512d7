#include "absl/synchronization/notification.h"
#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/audit/chain.h"
#include "services/common/audit/checkpoint.h"
#include "services/common/audit/read_log.h"
#include "services/common/audit/verifier.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::audit {
namespace {

using testing::Database;

Entry EntryOf(const std::string& actor) {
  return {.time = absl::FromUnixSeconds(1'800'000'000),
          .rpc = "Service/Method",
          .actor_kind = "PERSON",
          .actor = actor,
          .ground = "COUNSEL",
          .outcome = "OK",
          .object_ids = {"00000000-0000-7000-8000-000000000001"}};
}

// Five sealed rows and a checkpoint after the fourth.
struct Trail {
  Trail() : database(common_schema()) {
    Write(4);
    checkpoints.push_back({Seal(), absl::UnixEpoch()});
    Write(1);
    Seal();
  }
  void Write(int rows) {
    for (int i = 0; i < rows; ++i) {
      REQUIRE_OK(database.connection().Transact([](postgres::Transaction& tx) {
        Append(tx, {EntryOf("somebody")});
        return absl::OkStatus();
      }));
    }
  }
  ChainEnd Seal() {
    return database.connection()
        .Transact([](postgres::Transaction& tx) -> absl::StatusOr<ChainEnd> {
          const absl::StatusOr<int64_t> sealed = SealAudit(tx);
          if (!sealed.ok()) return sealed.status();
          return ReadChainEnd(tx);
        })
        .value();
  }
  Verdict Judge() { return Verify(database.connection(), checkpoints).value(); }

  Database database;
  std::vector<Checkpoint> checkpoints;
};

TEST_CASE("An untouched trail is proven up to its last checkpoint", "[audit][postgres]") {
  Trail trail;
  trail.Write(2);
  const Verdict verdict = trail.Judge();
  CHECK_FALSE(verdict.fault.has_value());
  CHECK(verdict.proven == 4);
  CHECK(verdict.unproven == 3);
}

TEST_CASE("A row that was changed is named", "[audit][postgres]") {
  Trail trail;
  trail.database.Run("UPDATE audit SET actor = 'nobody' WHERE position = 2");
  CHECK(trail.Judge().fault->position == 2);
}

TEST_CASE("A row that was deleted is named", "[audit][postgres]") {
  Trail trail;
  trail.database.Run("DELETE FROM audit WHERE position = 3");
  CHECK(trail.Judge().fault->position == 3);
}

TEST_CASE("Rows that changed places are named", "[audit][postgres]") {
  Trail trail;
  trail.database.Run(
      "UPDATE audit SET position = 100 WHERE position = 2; UPDATE audit SET position = 2 WHERE "
      "position = 3; UPDATE audit SET position = 3 WHERE position = 100");
  CHECK(trail.Judge().fault->position == 2);
}

TEST_CASE("Rows that were cut off the end are noticed", "[audit][postgres]") {
  Trail trail;
  trail.database.Run("DELETE FROM audit WHERE position >= 4; UPDATE audit_seal SET position = 3");
  CHECK(trail.Judge().fault->position == 4);
}

TEST_CASE("Who rewrites the hashes as well is found by the checkpoint", "[audit][postgres]") {
  Trail trail;
  trail.database.Run(
      "UPDATE audit SET actor = 'nobody', position = NULL, hash = NULL WHERE position = 2");
  trail.database.Run("UPDATE audit SET position = NULL, hash = NULL; DELETE FROM audit_seal");
  trail.Seal();
  const Verdict verdict = trail.Judge();
  REQUIRE(verdict.fault.has_value());
  CHECK(verdict.fault->position == 1);
}

TEST_CASE("Reads that wait share a commit and learn of it", "[audit][postgres]") {
  Trail trail;
  absl::Notification first, second;
  {
    ReadLog log(trail.database.conninfo());
    log.Append(EntryOf("a"), [&first](const absl::Status& written) {
      CHECK(written.ok());
      first.Notify();
    });
    log.Append(EntryOf("b"), [&second](const absl::Status& written) {
      CHECK(written.ok());
      second.Notify();
    });
    first.WaitForNotification();
    second.WaitForNotification();
  }
  CHECK(
      trail.database.Run("SELECT count(*) FROM audit WHERE actor IN ('a', 'b')")[0][0].as<int>() ==
      2);
}

TEST_CASE("An entry that the database refuses takes no other with it", "[audit][postgres]") {
  Trail trail;
  Entry bad = EntryOf("bad");
  bad.object_ids = {"no uuid"};
  Entry garbled = EntryOf("garbled \xff");
  std::vector<bool> written(4);
  {
    // The lock holds up the first commit, so that the others share the next one.
    pqxx::connection blocker(trail.database.conninfo());
    pqxx::work lock(blocker);
    lock.exec("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE");
    ReadLog log(trail.database.conninfo());
    const Entry entries[] = {EntryOf("a"), bad, EntryOf("b"), garbled};
    for (size_t i = 0; i < 4; ++i) {
      log.Append(entries[i],
                 [&written, i](const absl::Status& status) { written[i] = status.ok(); });
    }
    lock.commit();
  }
  CHECK(written == std::vector<bool>{true, false, true, false});
  CHECK(
      trail.database.Run("SELECT count(*) FROM audit WHERE actor IN ('a', 'b')")[0][0].as<int>() ==
      2);
}

TEST_CASE("A read that cannot be audited is told so", "[audit][postgres]") {
  absl::Notification told;
  ReadLog log("host=/nonexistent dbname=none");
  log.Append(EntryOf("a"), [&told](const absl::Status& written) {
    CHECK(written.code() == absl::StatusCode::kUnavailable);
    told.Notify();
  });
  told.WaitForNotification();
}

}  // namespace
}  // namespace bitrade::audit
