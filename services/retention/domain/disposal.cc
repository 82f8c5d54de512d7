#include "services/retention/domain/disposal.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/common/base/dates.h"
#include "services/common/base/names.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::retention {
namespace {

constexpr std::array<std::pair<State, const char*>, 3> kStates{
    {{State::kScheduled, "SCHEDULED"}, {State::kRunning, "RUNNING"}, {State::kDone, "DONE"}}};

}  // namespace

absl::string_view StateName(State state) { return NameIn(kStates, state); }

State ParseState(absl::string_view name) { return ValueIn(kStates, name); }

Effect EffectOf(const std::optional<Disposal>& latest, const Sight& sight) {
  if (!latest) return Effect::kOpen;
  if (sight.version <= latest->appointment_version) return Effect::kNothing;
  if (latest->state != State::kDone) return Effect::kMove;
  return sight.visible_until > *latest->done_time ? Effect::kOpen : Effect::kNothing;
}

absl::StatusOr<absl::Time> DueTime(absl::Time visible_until,
                                   const std::vector<GracePeriod>& periods) {
  const absl::CivilDay day = SwedishDay(visible_until);
  const auto found = std::find_if(periods.begin(), periods.end(), [&](const GracePeriod& period) {
    return period.valid_from <= day && (!period.valid_to || day <= *period.valid_to);
  });
  if (found == periods.end()) {
    return Refuse(kGracePeriodUnknown, {{"day", FormatDate(day)}});
  }
  return visible_until + absl::Hours(24) * found->days;
}

}  // namespace bitrade::retention
