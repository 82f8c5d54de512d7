#include "services/appointments/flags/convert.h"

#include <array>
#include <utility>

#include "services/appointments/wire.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<FlagKind, v1::Flag::Kind>, 3> kKinds{
    {{FlagKind::kCounselIneligible, v1::Flag::COUNSEL_INELIGIBLE},
     {FlagKind::kCounselRemoved, v1::Flag::COUNSEL_REMOVED},
     {FlagKind::kConflict, v1::Flag::CONFLICT_OF_INTEREST}}};

}  // namespace

v1::FlaggedAppointment ToProto(const FlaggedAppointment& flagged) {
  v1::FlaggedAppointment out;
  out.set_appointment_id(flagged.id.text());
  out.set_matter_id(flagged.matter.text());
  out.set_counsel_id(flagged.counsel.text());
  for (const Flag& flag : flagged.flags) {
    v1::Flag& told = *out.add_flags();
    told.set_kind(ToWire(kKinds, flag.kind));
    told.set_register_version(flag.register_version);
    rpc::SetTime(flag.raised_time, *told.mutable_raised_time());
  }
  return out;
}

}  // namespace bitrade::appointments
