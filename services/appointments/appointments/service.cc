#include "services/appointments/appointments/service.h"

#include <utility>

#include "services/appointments/appointments/convert.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/paging.h"

namespace bitrade::appointments {

using access::NotSeenAs;
using access::ReaderOf;

grpc::ServerUnaryReactor* AppointmentService::ListAppointments(
    grpc::CallbackServerContext* context, const v1::ListAppointmentsRequest* request,
    v1::ListAppointmentsResponse* response) {
  return rpc_.Read(
      *context, *request, *response,
      [this](rpc::Reading& reading, const v1::ListAppointmentsRequest& asked,
             v1::ListAppointmentsResponse& page) { return List(reading, asked, page); });
}

absl::Status AppointmentService::List(rpc::Reading& reading,
                                      const v1::ListAppointmentsRequest& request,
                                      v1::ListAppointmentsResponse& response) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), request.cursor()));
  std::optional<AppointmentPage> found =
      store_.List(reading.tx(), ReaderOf(reading),
                  {rows.limit, rows.offset, AppointmentId::Trusted(rows.before)});
  if (!found) return NotSeenAs(reading, /*subject=*/"", kPermissionDenied);
  AppointmentPage& page = *found;
  response.set_total(page.total);
  if (page.more) response.set_next_cursor(rpc::CursorAfter(page.appointments.back().id.text()));
  response.mutable_appointments()->Reserve(static_cast<int>(page.appointments.size()));
  for (Appointment& appointment : page.appointments) {
    reading.Saw(appointment.id.text());
    ToProto(std::move(appointment), *response.add_appointments());
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* AppointmentService::GetAppointment(
    grpc::CallbackServerContext* context, const v1::GetAppointmentRequest* request,
    v1::Appointment* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::Appointment> AppointmentService::Get(rpc::Reading& reading,
                                                        const v1::GetAppointmentRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId id, ParseId<AppointmentId>(request.id(), "id"));
  reading.Saw(id.text());
  std::optional<Appointment> found = store_.Find(reading.tx(), ReaderOf(reading), id);
  if (!found) return NotSeenAs(reading, /*subject=*/"", kNotFound);
  v1::Appointment response;
  ToProto(*std::move(found), response);
  return response;
}

grpc::ServerUnaryReactor* AccessService::GetAppointmentAccess(
    grpc::CallbackServerContext* context, const v1::GetAppointmentAccessRequest* request,
    v1::AppointmentAccess* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::AppointmentAccess> AccessService::Get(
    rpc::Reading& reading, const v1::GetAppointmentAccessRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId id,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
  const auto facts = store_.Access(reading.tx(), id);
  if (!facts) return Refuse(kNotFound);
  v1::AppointmentAccess response = ToProto(*facts);
  for (const Party& party : parties_.In(reading.tx(), facts->matter)) {
    v1::AppointmentAccess::Party& told = *response.add_parties();
    told.set_id(party.id.text());
    told.set_person_id(party.person.text());
  }
  return response;
}

}  // namespace bitrade::appointments
