// The RPCs on a counsel's own availability.
#pragma once

#include "bitrade/appointments/v1/availability_service.grpc.pb.h"
#include "services/appointments/availability/store.h"
#include "services/appointments/clients/registry.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::appointments {

class AvailabilityService final : public v1::AvailabilityService::CallbackService {
 public:
  AvailabilityService(rpc::Rpc& rpc, AvailabilityStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* GetAvailability(grpc::CallbackServerContext* context,
                                            const v1::GetAvailabilityRequest* request,
                                            v1::Availability* response) override;
  grpc::ServerUnaryReactor* UpdateAvailability(grpc::CallbackServerContext* context,
                                               const v1::UpdateAvailabilityRequest* request,
                                               v1::Availability* response) override;

 private:
  absl::StatusOr<v1::Availability> Get(rpc::Reading& reading);
  absl::StatusOr<v1::Availability> Update(rpc::Changing& changing,
                                          const v1::UpdateAvailabilityRequest& request);

  rpc::Rpc& rpc_;
  AvailabilityStore& store_;
};

// Returns how registry is asked about a counsel who is not known here: the first time that one sets
// or reads availability. Both must outlive it.
rpc::Asker AskRegistry(RegistryClient& registry, AvailabilityStore& store, const Clock& clock);

}  // namespace bitrade::appointments
