// The agency's RPCs on appointments: appointing and releasing.
#pragma once

#include "bitrade/appointments/v1/appointment_agency_service.grpc.pb.h"
#include "services/appointments/appointments/convert.h"
#include "services/appointments/clients/registry.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::appointments {

class AppointmentAgencyService final : public v1::AppointmentAgencyService::CallbackService {
 public:
  // What a case system may touch is read of `policy`, each time.
  AppointmentAgencyService(rpc::Rpc& rpc, Stores& stores, RegistryClient& registry,
                           const rpc::PolicyFile& policy)
      : rpc_(rpc), stores_(stores), registry_(registry), policy_(policy) {}

  grpc::ServerUnaryReactor* Appoint(grpc::CallbackServerContext* context,
                                    const v1::AppointRequest* request,
                                    v1::Appointment* response) override;
  grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                    const v1::ReleaseRequest* request,
                                    v1::Appointment* response) override;
  grpc::ServerUnaryReactor* ListFlaggedAppointments(
      grpc::CallbackServerContext* context, const v1::ListFlaggedAppointmentsRequest* request,
      v1::ListFlaggedAppointmentsResponse* response) override;

 private:
  // Whether the counsel is eligible is registry's to know: asked first, off the executor.
  void GatherFacts(const rpc::Outgoing& outgoing, const v1::AppointRequest& request,
                   std::function<void(absl::StatusOr<RegisterFacts>)> done);
  absl::StatusOr<v1::Appointment> Make(rpc::Changing& changing, const v1::AppointRequest& request,
                                       const RegisterFacts& facts);
  absl::StatusOr<Appointment> Draw(rpc::Changing& changing, const NewAppointment& asked);
  absl::StatusOr<Grounds> CheckCounsel(rpc::Changing& changing, const NewAppointment& asked,
                                       const RegisterFacts& facts);
  absl::StatusOr<v1::Appointment> End(rpc::Changing& changing, const v1::ReleaseRequest& request);
  absl::StatusOr<v1::ListFlaggedAppointmentsResponse> ListFlagged(
      rpc::Reading& reading, const v1::ListFlaggedAppointmentsRequest& request);
  Reach ReachOf(const rpc::Reading& reading) const {
    return policy_.ReachOf(reading.caller().process);
  }

  rpc::Rpc& rpc_;
  Stores& stores_;
  RegistryClient& registry_;
  const rpc::PolicyFile& policy_;
};

}  // namespace bitrade::appointments
