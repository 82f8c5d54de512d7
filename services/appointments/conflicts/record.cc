#include "services/appointments/conflicts/record.h"

#include "services/appointments/conflicts/convert.h"
#include "services/appointments/flags/event.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"

namespace bitrade::appointments {
namespace {

// Raises the flag wherever it does not stand yet.
void FlagAll(rpc::Changing& changing, Stores& stores, const std::vector<AppointmentId>& affected) {
  for (const AppointmentId& id : affected) {
    changing.Saw(id.text());
    const Flag flag{.id = changing.NewId<FlagId>(),
                    .appointment = id,
                    .kind = FlagKind::kConflict,
                    .raised_time = changing.now()};
    if (!stores.flags.Raise(changing.tx(), flag)) continue;
    changing.Emit("appointment_flag", flag.id.text(), kRaisedVersion, "RAISED", EventData(flag));
  }
}

v1::ConflictOfInterest Keep(rpc::Changing& changing, Stores& stores, const NewConflict& asked) {
  const ConflictOfInterest conflict{.id = changing.NewId<ConflictId>(),
                                    .matter = asked.matter,
                                    .applicant = asked.applicant,
                                    .opposed = asked.opposed,
                                    .create_time = changing.now()};
  const ConflictOfInterest kept = stores.conflicts.Keep(changing.tx(), conflict);
  changing.Saw(kept.id.text());
  if (kept.id == conflict.id) {
    changing.Emit("conflict_of_interest", kept.id.text(), 1, "RECORDED",
                  {{"matter_id", kept.matter.text()}});
  }
  const std::vector<AppointmentId> affected =
      stores.conflicts.Affected(changing.tx(), kept, changing.now());
  FlagAll(changing, stores, affected);
  return ToProto(kept, affected);
}

}  // namespace

absl::StatusOr<v1::ConflictOfInterest> RecordConflict(
    rpc::Changing& changing, Stores& stores, const v1::RecordConflictOfInterestRequest& request,
    const Reach& reach) {
  ASSIGN_OR_RETURN(const NewConflict asked, FromProto(request));
  RETURN_IF_ERROR(CheckSides(asked.applicant, asked.opposed));
  for (const std::string& id :
       {asked.matter.text(), asked.applicant.text(), asked.opposed.text()}) {
    changing.Saw(id);
  }
  return changing.OncePerSource<v1::ConflictOfInterest>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::ConflictOfInterest> {
        const std::optional<Matter> matter =
            stores.matters.Lock(changing.tx(), asked.matter, reach);
        if (!matter || !HasApplicant(*matter, asked.applicant) ||
            !HasApplicant(*matter, asked.opposed)) {
          return Refuse(kNotFound);
        }
        return Keep(changing, stores, asked);
      });
}

absl::StatusOr<v1::ConflictOfInterest> WithdrawConflict(
    rpc::Changing& changing, Stores& stores, const v1::WithdrawConflictOfInterestRequest& request,
    const Reach& reach) {
  ASSIGN_OR_RETURN(const ConflictId id, ParseId<ConflictId>(request.id(), "id"));
  changing.Saw(id.text());
  std::optional<ConflictOfInterest> conflict = stores.conflicts.Lock(changing.tx(), id, reach);
  if (!conflict) return Refuse(kNotFound);
  if (conflict->withdrawn_time) return ToProto(*conflict, {});
  conflict->withdrawn_time = changing.now();
  stores.conflicts.Withdraw(changing.tx(), *conflict);
  changing.Emit("conflict_of_interest", id.text(), 2, "WITHDRAWN",
                {{"matter_id", conflict->matter.text()}});
  for (const Flag& flag :
       stores.flags.LowerConflicts(changing.tx(), conflict->matter, changing.now())) {
    changing.Saw(flag.appointment.text());
    changing.Emit("appointment_flag", flag.id.text(), kLoweredVersion, "LOWERED", EventData(flag));
  }
  return ToProto(*conflict, {});
}

}  // namespace bitrade::appointments
