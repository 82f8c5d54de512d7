#include "services/appointments/appointments/agency_service.h"

#include <utility>

#include "services/appointments/announcement.h"
#include "services/appointments/flags/convert.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/rpc/paging.h"

namespace bitrade::appointments {
namespace {

v1::Appointment Told(const Appointment& appointment) {
  v1::Appointment out;
  ToProto(appointment, out);
  return out;
}

}  // namespace

grpc::ServerUnaryReactor* AppointmentAgencyService::Appoint(grpc::CallbackServerContext* context,
                                                            const v1::AppointRequest* request,
                                                            v1::Appointment* response) {
  return rpc_.ChangeWith<RegisterFacts>(
      *context, *request, *response,
      [this](const rpc::Outgoing& outgoing, const auto& asked, auto done) {
        GatherFacts(outgoing, asked, std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const RegisterFacts& facts) {
        return Make(changing, asked, facts);
      });
}

void AppointmentAgencyService::GatherFacts(
    const rpc::Outgoing& outgoing, const v1::AppointRequest& request,
    std::function<void(absl::StatusOr<RegisterFacts>)> done) {
  const absl::StatusOr<NewAppointment> asked = FromProto(request);
  if (!asked.ok()) return done(asked.status());
  registry_.GetFacts(outgoing, asked->counsel, std::move(done));
}

absl::StatusOr<v1::Appointment> AppointmentAgencyService::Make(rpc::Changing& changing,
                                                               const v1::AppointRequest& request,
                                                               const RegisterFacts& facts) {
  ASSIGN_OR_RETURN(const NewAppointment asked, FromProto(request));
  changing.Saw(asked.matter.text());
  changing.Saw(asked.counsel.text());
  return changing.OncePerSource<v1::Appointment>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::Appointment> {
        ASSIGN_OR_RETURN(const Appointment appointment, Draw(changing, asked));
        ASSIGN_OR_RETURN(const Grounds grounds, CheckCounsel(changing, asked, facts));
        changing.Saw(appointment.id.text());
        stores_.appointments.Insert(changing.tx(), appointment, grounds);
        Announce(changing, appointment, "APPOINTED");
        return Told(appointment);
      });
}

// The appointment as it would be, with its matter locked: decisions on its applicants may have
// ended it already.
absl::StatusOr<Appointment> AppointmentAgencyService::Draw(rpc::Changing& changing,
                                                           const NewAppointment& asked) {
  RETURN_IF_ERROR(CheckAppointedDate(asked.appointed_date, SwedishDay(changing.now())));
  const std::optional<Matter> matter =
      stores_.matters.Lock(changing.tx(), asked.matter, ReachOf(changing));
  if (!matter) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(std::vector<Applicant> applicants,
                   ChooseApplicants(matter->applicants, asked.applicants));
  if (stores_.appointments.HasCounsel(changing.tx(), applicants)) {
    return Refuse(kAlreadyAppointed);
  }
  if (stores_.conflicts.WouldArise(changing.tx(), asked.counsel, applicants)) {
    return Refuse(kConflictOfInterest);
  }
  Appointment appointment{.id = changing.NewId<AppointmentId>(),
                          .matter = matter->id,
                          .counsel = asked.counsel,
                          .matter_number = matter->number,
                          .category = matter->category,
                          .authority = matter->authority,
                          .digital = matter->handling == Handling::kDigital,
                          .appointed_date = asked.appointed_date,
                          .visible_until = std::nullopt,
                          .filings_visible_until = std::nullopt,
                          .released_date = std::nullopt,
                          .create_time = changing.now(),
                          .update_time = changing.now(),
                          .applicants = std::move(applicants)};
  MoveEnds(appointment, stores_.decisions.OnApplicants(changing.tx(), appointment.applicants,
                                                       appointment.counsel));
  return appointment;
}

// The counsel stays locked until the appointment is made: nobody else's counts twice or not at all.
// What is stored of her may be newer than `facts`: that is what she is checked against.
absl::StatusOr<Grounds> AppointmentAgencyService::CheckCounsel(rpc::Changing& changing,
                                                               const NewAppointment& asked,
                                                               const RegisterFacts& facts) {
  AvailabilityStore& store = stores_.availability;
  store.Learn(changing.tx(), asked.counsel, facts, changing.now());
  RETURN_IF_ERROR(CheckCandidate(store.CandidateOf(changing.tx(), asked.counsel, changing.now()),
                                 asked.trigger));
  return Grounds{store.FactsOf(changing.tx(), asked.counsel).version, asked.trigger};
}

grpc::ServerUnaryReactor* AppointmentAgencyService::Release(grpc::CallbackServerContext* context,
                                                            const v1::ReleaseRequest* request,
                                                            v1::Appointment* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return End(changing, asked); });
}

absl::StatusOr<v1::Appointment> AppointmentAgencyService::End(rpc::Changing& changing,
                                                              const v1::ReleaseRequest& request) {
  ASSIGN_OR_RETURN(const NewRelease asked, FromProto(request));
  changing.Saw(asked.appointment.text());
  std::optional<Appointment> current =
      stores_.appointments.Lock(changing.tx(), asked.appointment, ReachOf(changing));
  if (!current) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(Appointment next, appointments::Release(*std::move(current), asked.released_date,
                                                           SwedishDay(changing.now())));
  MoveEnds(next, stores_.decisions.OnApplicants(changing.tx(), next.applicants, next.counsel));
  Touch(next, changing.now());
  stores_.appointments.Release(changing.tx(), next, asked.reason);
  Announce(changing, next, "RELEASED");
  return Told(next);
}

grpc::ServerUnaryReactor* AppointmentAgencyService::ListFlaggedAppointments(
    grpc::CallbackServerContext* context, const v1::ListFlaggedAppointmentsRequest* request,
    v1::ListFlaggedAppointmentsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return ListFlagged(reading, asked);
  });
}

absl::StatusOr<v1::ListFlaggedAppointmentsResponse> AppointmentAgencyService::ListFlagged(
    rpc::Reading& reading, const v1::ListFlaggedAppointmentsRequest& request) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), /*page=*/0, request.cursor()));
  const std::vector<FlaggedAppointment> found =
      stores_.flags.List(reading.tx(), ReachOf(reading),
                         {.limit = rows.limit + 1,
                          .before = AppointmentId::Trusted(rows.before),
                          .now = reading.now()});
  v1::ListFlaggedAppointmentsResponse response;
  for (const FlaggedAppointment& flagged : found) {
    if (response.appointments_size() == rows.limit) {
      response.set_next_cursor(
          rpc::CursorAfter(response.appointments(rows.limit - 1).appointment_id()));
      break;
    }
    reading.Saw(flagged.id.text());
    *response.add_appointments() = ToProto(flagged);
  }
  return response;
}

}  // namespace bitrade::appointments
