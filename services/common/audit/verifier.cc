#include "services/common/audit/verifier.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::audit {
namespace {

using postgres::Statement;

constexpr int64_t kBatch = 5000;

// Walks the chain row by row and stops at the first fault.
class Walk {
 public:
  explicit Walk(std::vector<Checkpoint> checkpoints) : checkpoints_(std::move(checkpoints)) {
    std::sort(
        checkpoints_.begin(), checkpoints_.end(),
        [](const Checkpoint& a, const Checkpoint& b) { return a.end.position < b.end.position; });
  }

  void Step(int64_t position, absl::string_view row, absl::string_view stored_hash) {
    if (position != end_.position + 1) {
      return Fail(end_.position + 1, "the row is missing");
    }
    end_.position = position;
    end_.hash = ChainHash(end_.hash, position, row);
    if (end_.hash != stored_hash) return Fail(position, "the row was changed or moved");
    for (; next_ < checkpoints_.size() && checkpoints_[next_].end.position == position; ++next_) {
      if (checkpoints_[next_].end.hash != end_.hash) {
        return Fail(
            verdict_.proven + 1,
            absl::StrCat("rows from here to ", position, " were rewritten: the checkpoint of ",
                         absl::FormatTime(checkpoints_[next_].time), " disagrees"));
      }
      verdict_.proven = position;
    }
  }

  Verdict Finish(int64_t unsealed) {
    if (!failed() && next_ < checkpoints_.size()) {
      Fail(end_.position + 1, absl::StrCat("rows were cut off: a checkpoint vouches for ",
                                           checkpoints_.back().end.position));
    }
    verdict_.unproven = end_.position - verdict_.proven + unsealed;
    return verdict_;
  }

  bool failed() const { return verdict_.fault.has_value(); }
  int64_t position() const { return end_.position; }

 private:
  void Fail(int64_t position, std::string what) {
    verdict_.fault = Fault{position, std::move(what)};
  }

  std::vector<Checkpoint> checkpoints_;
  size_t next_ = 0;
  ChainEnd end_;
  Verdict verdict_;
};

const std::string& SealedSql() {
  static const std::string& sql = *new std::string(
      absl::StrCat("SELECT position, ", kAuditRowText,
                   ", hash FROM audit WHERE position > $1 ORDER BY position LIMIT $2"));
  return sql;
}

constexpr Statement kUnsealed{"audit_count_unsealed",
                              "SELECT count(*) FROM audit WHERE position IS NULL"};

}  // namespace

absl::StatusOr<Verdict> Verify(postgres::Connection& connection,
                               const std::vector<Checkpoint>& checkpoints) {
  Walk walk(checkpoints);
  return connection.Read([&walk](postgres::Transaction& tx) -> absl::StatusOr<Verdict> {
    for (;;) {
      const pqxx::result rows =
          tx.Exec(Statement{"audit_sealed", SealedSql().c_str()}, walk.position(), kBatch);
      for (const auto& row : rows) {
        walk.Step(row[0].as<int64_t>(), row[1].as<std::string>(), postgres::ReadBytes(row[2]));
        if (walk.failed()) return walk.Finish(0);
      }
      if (rows.empty()) break;
    }
    return walk.Finish(tx.Exec(kUnsealed)[0][0].as<int64_t>());
  });
}

}  // namespace bitrade::audit
