// The RPCs on appointments: what counsel see, and what services after this one ask.
#pragma once

#include "bitrade/appointments/v1/appointment_service.grpc.pb.h"
#include "services/appointments/appointments/store.h"
#include "services/appointments/parties/store.h"
#include "services/common/rpc/arena.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::appointments {

class AppointmentService final : public v1::AppointmentService::CallbackService {
 public:
  AppointmentService(rpc::Rpc& rpc, AppointmentStore& store) : rpc_(rpc), store_(store) {
    SetMessageAllocatorFor_ListAppointments(&pages_);
  }

  grpc::ServerUnaryReactor* ListAppointments(grpc::CallbackServerContext* context,
                                             const v1::ListAppointmentsRequest* request,
                                             v1::ListAppointmentsResponse* response) override;
  grpc::ServerUnaryReactor* GetAppointment(grpc::CallbackServerContext* context,
                                           const v1::GetAppointmentRequest* request,
                                           v1::Appointment* response) override;

 private:
  absl::Status List(rpc::Reading& reading, const v1::ListAppointmentsRequest& request,
                    v1::ListAppointmentsResponse& response);
  absl::StatusOr<v1::Appointment> Get(rpc::Reading& reading,
                                      const v1::GetAppointmentRequest& request);

  rpc::Rpc& rpc_;
  AppointmentStore& store_;
  rpc::ArenaMessages<v1::ListAppointmentsRequest, v1::ListAppointmentsResponse> pages_;
};

class AccessService final : public v1::AccessService::CallbackService {
 public:
  AccessService(rpc::Rpc& rpc, AppointmentStore& store, PartyStore& parties)
      : rpc_(rpc), store_(store), parties_(parties) {}

  grpc::ServerUnaryReactor* GetAppointmentAccess(grpc::CallbackServerContext* context,
                                                 const v1::GetAppointmentAccessRequest* request,
                                                 v1::AppointmentAccess* response) override;

 private:
  absl::StatusOr<v1::AppointmentAccess> Get(rpc::Reading& reading,
                                            const v1::GetAppointmentAccessRequest& request);

  rpc::Rpc& rpc_;
  AppointmentStore& store_;
  PartyStore& parties_;
};

}  // namespace bitrade::appointments
