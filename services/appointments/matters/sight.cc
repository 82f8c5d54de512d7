#include "services/appointments/matters/sight.h"

#include "services/appointments/announcement.h"

namespace bitrade::appointments {
namespace {

void StoreNext(rpc::Changing& changing, Stores& stores, Appointment& appointment,
               const std::string& kind) {
  Touch(appointment, changing.now());
  changing.Saw(appointment.id.text());
  stores.appointments.Update(changing.tx(), appointment);
  Announce(changing, appointment, kind);
}

}  // namespace

void MoveEndsOf(rpc::Changing& changing, Stores& stores, const ApplicantId& applicant) {
  for (Appointment& appointment : stores.appointments.OfApplicant(changing.tx(), applicant)) {
    const SightDecisions decisions =
        stores.decisions.OnApplicants(changing.tx(), appointment.applicants, appointment.counsel);
    if (MoveEnds(appointment, decisions)) StoreNext(changing, stores, appointment, "END_MOVED");
  }
}

void TellProtection(rpc::Changing& changing, Stores& stores, const ApplicantId& applicant) {
  for (Appointment& appointment : stores.appointments.OfApplicant(changing.tx(), applicant)) {
    StoreNext(changing, stores, appointment, "PROTECTED");
  }
}

}  // namespace bitrade::appointments
