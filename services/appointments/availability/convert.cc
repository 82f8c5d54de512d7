#include "services/appointments/availability/convert.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/appointments/wire.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<AvailabilityStatus, v1::Availability::Status>, 3> kStatuses{
    {{AvailabilityStatus::kTakesNew, v1::Availability::TAKES_NEW},
     {AvailabilityStatus::kOnlyIfRequested, v1::Availability::ONLY_IF_REQUESTED},
     {AvailabilityStatus::kTakesNone, v1::Availability::TAKES_NONE}}};

}  // namespace

v1::Availability ToProto(const Availability& availability) {
  v1::Availability out;
  out.set_status(ToWire(kStatuses, availability.status));
  out.set_capacity(availability.capacity);
  rpc::SetTime(availability.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(availability.version));
  return out;
}

absl::StatusOr<AvailabilityStatus> StatusFrom(const v1::UpdateAvailabilityRequest& request) {
  Violations violations;
  const AvailabilityStatus status =
      FromWire(kStatuses, request.status(), AvailabilityStatus::kTakesNew, "status", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return status;
}

}  // namespace bitrade::appointments
