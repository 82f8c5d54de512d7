#include "services/common/audit/checkpoint.h"

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/audit/verifier.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::audit {
namespace {

using testing::CodeOf;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// A trail whose rounds write checkpoints with a key made by OpenSSL's own program.
struct Vouched {
  Vouched() {
    std::filesystem::create_directory(folder);
    MakeKey("audit");
    pass = std::make_unique<CheckpointPass>(file, Signer("audit"));
  }
  ~Vouched() { std::filesystem::remove_all(folder); }

  void MakeKey(const std::string& id) const {
    const std::string key = (folder / (id + ".pem")).string();
    REQUIRE(std::system(absl::StrCat("openssl genpkey -algorithm ed25519 -out ", key,
                                     " 2>/dev/null && openssl pkey -in ", key, " -pubout -out ",
                                     key, ".pub")
                            .c_str()) == 0);
  }
  crypto::Signer Signer(const std::string& id) const {
    return crypto::Signer::Load((folder / (id + ".pem")).string()).value();
  }
  crypto::Verifier PublicKey() const {
    return crypto::Verifier::Load((folder / "audit.pem.pub").string()).value();
  }
  // Writes `rows` rows and lets a round and, ten seconds later, another one see them.
  void Grow(int rows) {
    for (int i = 0; i < rows; ++i) {
      REQUIRE_OK(database.connection().Transact([](postgres::Transaction& tx) {
        Append(tx, {{.time = kNow, .rpc = "S/M", .actor_kind = "SERVICE", .actor = "tester"}});
        return absl::OkStatus();
      }));
    }
    Round();
    now += absl::Seconds(10);
    Round();
  }
  void Round() {
    REQUIRE_OK(database.connection().Transact([this](postgres::Transaction& tx) -> absl::Status {
      const absl::Status vouched = (*pass)(tx, now).status();
      if (!vouched.ok()) return vouched;
      return SealAudit(tx).status();
    }));
  }
  absl::StatusOr<Verdict> Judge() {
    auto checkpoints = ReadCheckpoints(file, PublicKey());
    if (!checkpoints.ok()) return checkpoints.status();
    return Verify(database.connection(), *checkpoints);
  }
  std::string Text() const {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  void Write(const std::string& text) const { std::ofstream(file, std::ios::trunc) << text; }

  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      absl::StrCat("bitrade-audit-", absl::BytesToHexString(crypto::RandomBytes(8)));
  const std::string file = (folder / "checkpoints").string();
  testing::Database database{common_schema()};
  std::unique_ptr<CheckpointPass> pass;
  absl::Time now = kNow;
};

TEST_CASE("A checkpoint vouches for what earlier rounds sealed, every ten seconds at most",
          "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  trail.Grow(2);
  for (int i = 0; i < 5; ++i) trail.Round();
  CHECK(ReadCheckpoints(trail.file, trail.PublicKey())->size() == 2);
  const Verdict verdict = trail.Judge().value();
  CHECK_FALSE(verdict.fault.has_value());
  CHECK(verdict.proven == 5);
  CHECK(verdict.unproven == 0);
}

TEST_CASE("What is signed of a checkpoint is position, hash and instant, to the microsecond",
          "[audit][postgres]") {
  const Vouched trail;
  const absl::Time time = kNow + absl::Nanoseconds(123'456'999);
  const std::string line =
      FormatCheckpoint({{.position = 7, .hash = "ab"}, time}, trail.Signer("audit"));
  CHECK(absl::StartsWith(line, "7 6162 2027-01-15T08:00:00.123456Z audit "));
}

TEST_CASE("A checkpoint file that was cut proves less, and says how much less",
          "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  const std::string first = trail.Text();
  trail.Grow(4);
  trail.Write(first);
  Verdict verdict = trail.Judge().value();
  CHECK_FALSE(verdict.fault.has_value());
  CHECK(verdict.proven == 3);
  CHECK(verdict.unproven == 4);
  trail.Write("");
  verdict = trail.Judge().value();
  CHECK(verdict.proven == 0);
  CHECK(verdict.unproven == 7);
}

TEST_CASE("A line that is torn, changed or signed by a foreign key is named", "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  trail.Grow(3);
  const std::string whole = trail.Text();
  const auto refused = [&trail](const std::string& text) {
    trail.Write(text);
    const absl::Status judged = trail.Judge().status();
    INFO(judged.ToString());
    CHECK(judged.code() == absl::StatusCode::kDataLoss);
    return judged.message().find("line 2") != absl::string_view::npos;
  };
  CHECK(refused(whole.substr(0, whole.size() - 30)));
  std::string changed = whole;
  const size_t second = whole.find('\n') + 1;
  changed[second] = '9';  // its position
  CHECK(refused(changed));
  trail.MakeKey("foreign");
  const Checkpoint forged{{6, std::string(32, 'x')}, trail.now};
  CHECK(refused(whole.substr(0, second) + FormatCheckpoint(forged, trail.Signer("foreign"))));
  // A foreign key that calls itself ours is no better.
  std::string renamed = FormatCheckpoint(forged, trail.Signer("foreign"));
  renamed.replace(renamed.find("foreign"), 7, "audit");
  CHECK(refused(whole.substr(0, second) + renamed));
}

TEST_CASE("Lines of two keys are proved by a folder of both", "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  trail.MakeKey("next");
  trail.pass = std::make_unique<CheckpointPass>(trail.file, trail.Signer("next"));
  trail.Grow(3);
  CHECK(trail.Judge().status().code() == absl::StatusCode::kDataLoss);  // by the old key alone

  const auto both = trail.folder / "next.pem.pub.d";
  std::filesystem::create_directory(both);
  for (const char* id : {"audit", "next"}) {
    std::filesystem::copy(trail.folder / absl::StrCat(id, ".pem.pub"),
                          both / absl::StrCat(id, ".pem"));
  }
  const auto checkpoints =
      ReadCheckpoints(trail.file, crypto::Verifier::Load(both.string()).value());
  REQUIRE_OK(checkpoints);
  CHECK(Verify(trail.database.connection(), *checkpoints)->proven == 6);
}

TEST_CASE("Rows that were cut off with the seal set back are found by the checkpoint",
          "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  trail.Grow(3);
  trail.database.Run(
      "DELETE FROM audit WHERE position > 4; UPDATE audit_seal SET position = 4, hash = (SELECT "
      "hash "
      "FROM audit WHERE position = 4)");
  const Verdict verdict = trail.Judge().value();
  REQUIRE(verdict.fault.has_value());
  CHECK(verdict.fault->position == 5);
  CHECK(verdict.proven == 3);
}

// Whoever owns the database may rewrite a row and every hash after it; the next checkpoint tells.
TEST_CASE("A row rewritten with all later hashes is found after the last checkpoint that agrees",
          "[audit][postgres]") {
  Vouched trail;
  trail.Grow(3);
  trail.Grow(3);
  trail.database.Run(
      "UPDATE audit SET actor = 'nobody' WHERE position = 5; UPDATE audit_seal SET position = 4, "
      "hash "
      "= (SELECT hash FROM audit WHERE position = 4); UPDATE audit SET position = NULL, hash = "
      "NULL "
      "WHERE position > 4");
  REQUIRE_OK(trail.database.connection().Transact(
      [](postgres::Transaction& tx) { return SealAudit(tx).status(); }));
  const Verdict verdict = trail.Judge().value();
  REQUIRE(verdict.fault.has_value());
  CHECK(verdict.fault->position == 4);
  CHECK(verdict.proven == 3);
}

// The disk is full after so many bytes of any file, for as long as this lives.
class FullAfter {
 public:
  explicit FullAfter(size_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullAfter() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*const handler_)(int);
  rlimit before_{};
};

TEST_CASE("Half a line that a full disk leaves is taken back, and the next one stands by itself",
          "[audit][postgres]") {
  Vouched trail;
  trail.Grow(1);
  const std::string before = trail.Text();
  const auto vouch = [&trail] {
    return trail.database.connection().Transact([&trail](postgres::Transaction& tx) {
      CheckpointPass fresh(trail.file, trail.Signer("audit"));
      return fresh(tx, trail.now).status();
    });
  };
  {
    const FullAfter full(before.size() + 20);
    CHECK(CodeOf(vouch()) == absl::StatusCode::kUnavailable);
  }
  CHECK(trail.Text() == before);
  REQUIRE_OK(vouch());
  CHECK(ReadCheckpoints(trail.file, trail.PublicKey())->size() == 2);
}

}  // namespace
}  // namespace bitrade::audit
