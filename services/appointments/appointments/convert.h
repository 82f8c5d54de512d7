// Appointments between the domain and the wire.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "bitrade/appointments/v1/appointment_agency_service.pb.h"
#include "bitrade/appointments/v1/appointment_service.pb.h"
#include "services/appointments/domain/appointment.h"
#include "services/appointments/domain/availability.h"

namespace bitrade::appointments {

// What a case system asks for: whom to appoint for whom.
struct NewAppointment {
  MatterId matter;
  CounselId counsel;
  std::vector<ApplicantId> applicants;
  Trigger trigger = Trigger::kExOfficio;
  absl::CivilDay appointed_date;
};

struct NewRelease {
  AppointmentId appointment;
  std::string reason;
  absl::CivilDay released_date;
};

// Fills `out` with an appointment as it is shown. A caller who needs it no more moves it in.
void ToProto(Appointment appointment, v1::Appointment& out);

// Returns what services after this one may know: no personal data.
v1::AppointmentAccess ToProto(const AccessFacts& facts);

// Returns the appointment that a case system describes. Errors: INVALID_REQUEST with all faults.
absl::StatusOr<NewAppointment> FromProto(const v1::AppointRequest& request);

// Returns the release that a case system describes. Errors: INVALID_REQUEST with all faults.
absl::StatusOr<NewRelease> FromProto(const v1::ReleaseRequest& request);

}  // namespace bitrade::appointments
