#include "services/appointments/appointments/convert.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/appointments/applicants/convert.h"
#include "services/appointments/domain/visibility.h"
#include "services/appointments/wire.h"
#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<State, v1::Appointment::State>, 2> kStates{
    {{State::kAppointed, v1::Appointment::APPOINTED},
     {State::kReleased, v1::Appointment::RELEASED}}};

constexpr size_t kMaxReason = 500;

// 0 stands for what is not.
int64_t MicrosOrZero(std::optional<absl::Time> time) {
  return time ? absl::ToUnixMicros(*time) : 0;
}

}  // namespace

void ToProto(Appointment appointment, v1::Appointment& out) {
  out.set_id(appointment.id.text());
  out.set_matter_number(std::move(appointment.matter_number));
  out.set_category(std::move(appointment.category));
  out.set_counsel_id(appointment.counsel.text());
  for (Applicant& applicant : appointment.applicants) {
    ToProto(std::move(applicant), *out.add_applicants());
  }
  out.set_appointed_date(FormatDate(appointment.appointed_date));
  out.set_matter_id(appointment.matter.text());
  if (appointment.visible_until) {
    rpc::SetTime(*appointment.visible_until, *out.mutable_visible_until_time());
  }
  if (const auto released = ReleaseTime(appointment.released_date)) {
    rpc::SetTime(*released, *out.mutable_release_time());
  }
  out.set_state(ToWire(kStates, appointment.state));
  rpc::SetTime(appointment.create_time, *out.mutable_create_time());
  rpc::SetTime(appointment.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(appointment.version));
}

v1::AppointmentAccess ToProto(const AccessFacts& facts) {
  v1::AppointmentAccess out;
  out.set_appointment_id(facts.id.text());
  out.set_counsel_id(facts.counsel.text());
  out.set_matter_id(facts.matter.text());
  out.set_version(facts.version);
  out.set_digital(facts.digital);
  out.set_visible_until_us(EndMicros(facts.visible_until));
  out.set_released_us(MicrosOrZero(facts.released));
  out.set_filings_visible_until_us(MicrosOrZero(facts.filings_visible_until));
  out.set_authority(facts.authority);
  out.set_category(facts.category);
  return out;
}

absl::StatusOr<NewAppointment> FromProto(const v1::AppointRequest& request) {
  Violations violations;
  NewAppointment asked{
      .matter = IdFrom<MatterId>(request.matter_id(), "matter_id", violations),
      .counsel = IdFrom<CounselId>(request.counsel_id(), "counsel_id", violations),
      .applicants = {},
      .trigger =
          request.requested_by_applicant() ? Trigger::kRequestedByApplicant : Trigger::kExOfficio,
      .appointed_date = DayFrom(request.appointed_date(), "appointed_date", violations)};
  for (int i = 0; i < request.applicant_ids_size(); ++i) {
    asked.applicants.push_back(IdFrom<ApplicantId>(
        request.applicant_ids(i), absl::StrCat("applicant_ids[", i, "]"), violations));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return asked;
}

absl::StatusOr<NewRelease> FromProto(const v1::ReleaseRequest& request) {
  Violations violations;
  NewRelease release{
      .appointment = IdFrom<AppointmentId>(request.appointment_id(), "appointment_id", violations),
      .reason = request.reason(),
      .released_date = DayFrom(request.released_date(), "released_date", violations)};
  if (!IsLine(release.reason, kMaxReason)) {
    violations.Add("reason", release.reason.empty() ? "REQUIRED" : "MALFORMED",
                   "1 to 500 characters in one line");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return release;
}

}  // namespace bitrade::appointments
