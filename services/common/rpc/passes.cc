#include "services/common/rpc/passes.h"

#include <memory>
#include <utility>

#include "services/common/audit/chain.h"
#include "services/common/audit/checkpoint.h"
#include "services/common/events/numbering.h"
#include "services/common/idempotency/idempotency.h"
#include "services/common/log/log.h"

namespace bitrade::rpc {
namespace {

constexpr absl::Duration kPurgeEvery = absl::Minutes(1);

// Expired keys are looked for once a minute, not in every round.
class PurgePass {
 public:
  explicit PurgePass(const Clock& clock) : clock_(clock) {}
  absl::StatusOr<int64_t> operator()(postgres::Transaction& tx) {
    const absl::Time now = clock_.TimeNow();
    if (now < next_) return 0;
    next_ = now + kPurgeEvery;
    return idempotency::Purge(tx, now);
  }

 private:
  const Clock& clock_;
  absl::Time next_ = absl::InfinitePast();
};

// A file that cannot be written leaves rows unproven and an operator told; events are numbered all
// the same, or every service after this one would stop.
class TolerantCheckpoint {
 public:
  TolerantCheckpoint(const std::string& file, crypto::Signer signer, const Clock& clock)
      : pass_(file, std::move(signer)), clock_(clock) {}
  absl::StatusOr<int64_t> operator()(postgres::Transaction& tx) {
    const absl::Time now = clock_.TimeNow();
    const absl::Status written = pass_(tx, now).status();
    if (!written.ok() && told_.ok()) {
      log::Write(log::Level::kError, "no audit checkpoint", now,
                 {{"error", std::string(written.message())}});
    }
    told_ = written;
    return 0;
  }

 private:
  audit::CheckpointPass pass_;
  const Clock& clock_;
  absl::Status told_;  // once, not in every round
};

}  // namespace

// By two partial indexes that are empty most of the time.
constexpr postgres::Statement kAnythingLeft{"sequencer_anything_left", R"sql(
    SELECT EXISTS (SELECT 1 FROM event WHERE position IS NULL) OR EXISTS (SELECT 1 FROM audit WHERE position IS NULL))sql"};

bool AnythingLeft(postgres::Transaction& tx) { return tx.Exec(kAnythingLeft)[0][0].as<bool>(); }

std::vector<events::Pass> PassesAfterCommit(const Clock& clock, const std::string& checkpoints,
                                            crypto::Signer signer) {
  return {
      events::NumberEvents,
      // The checkpoint first: it vouches for what an earlier round has committed.
      [checkpoint = std::make_shared<TolerantCheckpoint>(checkpoints, std::move(signer), clock)](
          postgres::Transaction& tx) { return (*checkpoint)(tx); },
      audit::SealAudit,
      [purge = std::make_shared<PurgePass>(clock)](postgres::Transaction& tx) {
        return (*purge)(tx);
      },
  };
}

}  // namespace bitrade::rpc
