#include "services/retention/holds/service.h"

#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/retention/holds/convert.h"

namespace bitrade::retention {
namespace {

v1::LegalHold Told(rpc::Changing& changing, const LegalHold& hold, const char* kind) {
  changing.Saw(hold.appointment.text());
  changing.Emit("legal_hold", hold.id.text(), hold.version, kind,
                {{"appointment_id", hold.appointment.text()}});
  return ToProto(hold);
}

}  // namespace

grpc::ServerUnaryReactor* LegalHoldAgencyService::PlaceLegalHold(
    grpc::CallbackServerContext* context, const v1::PlaceLegalHoldRequest* request,
    v1::LegalHold* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Place(changing, asked); });
}

absl::StatusOr<v1::LegalHold> LegalHoldAgencyService::Place(
    rpc::Changing& changing, const v1::PlaceLegalHoldRequest& request) {
  ASSIGN_OR_RETURN(const NewHold asked, FromProto(request));
  return changing.OncePerSource<v1::LegalHold>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::LegalHold> {
        const LegalHold hold{.id = changing.NewId<LegalHoldId>(),
                             .appointment = asked.appointment,
                             .decision_number = asked.decision_number,
                             .placed_time = changing.now(),
                             .preparation = std::nullopt,
                             .released_time = std::nullopt};
        changing.Saw(asked.appointment.text());
        if (!store_.Place(changing.tx(), hold, asked.reason, ReachOf(changing))) {
          return Refuse(kNotFound);
        }
        changing.Saw(hold.id.text());
        return Told(changing, hold, "PLACED");
      });
}

grpc::ServerUnaryReactor* LegalHoldAgencyService::PrepareLegalHoldRelease(
    grpc::CallbackServerContext* context, const v1::PrepareLegalHoldReleaseRequest* request,
    v1::LegalHold* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Prepare(changing, asked); });
}

absl::StatusOr<v1::LegalHold> LegalHoldAgencyService::Prepare(
    rpc::Changing& changing, const v1::PrepareLegalHoldReleaseRequest& request) {
  ASSIGN_OR_RETURN(const NewPreparation asked, FromProto(request));
  ASSIGN_OR_RETURN(LegalHold hold, Locked(changing, asked.hold));
  ASSIGN_OR_RETURN(hold, PrepareRelease(hold, changing.caller().officer, changing.now()));
  store_.Prepare(changing.tx(), hold, asked.reason);
  return Told(changing, hold, "RELEASE_PREPARED");
}

grpc::ServerUnaryReactor* LegalHoldAgencyService::ReleaseLegalHold(
    grpc::CallbackServerContext* context, const v1::ReleaseLegalHoldRequest* request,
    v1::LegalHold* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Release(changing, asked); });
}

absl::StatusOr<v1::LegalHold> LegalHoldAgencyService::Release(
    rpc::Changing& changing, const v1::ReleaseLegalHoldRequest& request) {
  ASSIGN_OR_RETURN(const LegalHoldId id, ParseId<LegalHoldId>(request.id(), "id"));
  ASSIGN_OR_RETURN(const LegalHold hold, Locked(changing, id));
  ASSIGN_OR_RETURN(const LegalHold released,
                   retention::Release(hold, changing.caller().officer, changing.now()));
  if (released.version == hold.version) return ToProto(hold);
  store_.Release(changing.tx(), released);
  return Told(changing, released, "RELEASED");
}

absl::StatusOr<LegalHold> LegalHoldAgencyService::Locked(rpc::Changing& changing,
                                                         const LegalHoldId& id) {
  changing.Saw(id.text());
  std::optional<LegalHold> hold = store_.Lock(changing.tx(), id, ReachOf(changing));
  if (!hold) return Refuse(kNotFound);
  return *std::move(hold);
}

grpc::ServerUnaryReactor* LegalHoldAgencyService::ListLegalHolds(
    grpc::CallbackServerContext* context, const v1::ListLegalHoldsRequest* request,
    v1::ListLegalHoldsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListLegalHoldsResponse> LegalHoldAgencyService::List(
    rpc::Reading& reading, const v1::ListLegalHoldsRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId appointment,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
  reading.Saw(appointment.text());
  v1::ListLegalHoldsResponse response;
  for (const LegalHold& hold : store_.Of(reading.tx(), appointment, ReachOf(reading))) {
    *response.add_legal_holds() = ToProto(hold);
  }
  return response;
}

}  // namespace bitrade::retention
