#include "services/retention/schedule/schedule.h"

#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"

namespace bitrade::retention {
namespace {

constexpr int kPlannedAtOnce = 1'000;

// No end is ever at the epoch: an event without an end tells of none, and nothing is destroyed.
absl::Time EndOf(const access::AppointmentFacts& facts) {
  return facts.visible_until > absl::UnixEpoch() ? facts.visible_until : absl::InfiniteFuture();
}

}  // namespace

absl::Status Schedule::Apply(postgres::Transaction& tx, const events::v1::Event& event) {
  const std::optional<access::AppointmentFacts> facts = access::FactsOf(event);
  if (!facts || !facts->digital) return absl::OkStatus();
  ASSIGN_OR_RETURN(const AppointmentId id, AppointmentId::Parse(facts->appointment_id));
  store_.Know(tx, id, {facts->authority, facts->category, facts->counsel_id});
  const Sight sight{id, EndOf(*facts), facts->version};
  const std::optional<Disposal> latest = store_.Latest(tx, id);
  switch (EffectOf(latest, sight)) {
    case Effect::kNothing:
      break;
    case Effect::kOpen:
      store_.Open(tx, ids_.New<DisposalId>(clock_.TimeNow()), sight);
      break;
    case Effect::kMove:
      store_.Move(tx, latest->id, sight);
      break;
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Schedule::Plan(postgres::Transaction& tx) {
  const std::vector<Disposal> unplanned = store_.Unplanned(tx, kPlannedAtOnce);
  if (unplanned.empty()) return 0;
  const std::vector<GracePeriod> periods = store_.GracePeriods(tx);
  int unknown = 0;
  for (const Disposal& disposal : unplanned) {
    const absl::StatusOr<absl::Time> due = DueTime(disposal.visible_until, periods);
    if (due.ok()) {
      store_.Plan(tx, disposal, *due);
    } else {
      ++unknown;
    }
  }
  return unknown;
}

}  // namespace bitrade::retention
