#include "services/registry/counsel/service.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/registry/counsel/convert.h"

namespace bitrade::registry {

grpc::ServerUnaryReactor* CounselService::GetCounsel(grpc::CallbackServerContext* context,
                                                     const v1::GetCounselRequest* request,
                                                     v1::Counsel* response) {
  return rpc_.Read(*context, *request, *response,
                   [this](rpc::Reading& reading, const auto& /*asked*/) { return Get(reading); });
}

absl::StatusOr<v1::Counsel> CounselService::Get(rpc::Reading& reading) {
  const auto id = CounselId::Trusted(reading.caller().counsel_id());
  reading.Saw(id.text());
  const std::optional<Counsel> counsel = store_.Find(reading.tx(), id);
  if (!counsel) return Refuse(kNotFound);
  return ToProto(*counsel);
}

grpc::ServerUnaryReactor* CounselFactsService::GetCounselFacts(
    grpc::CallbackServerContext* context, const v1::GetCounselFactsRequest* request,
    v1::CounselFacts* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::CounselFacts> CounselFactsService::Get(
    rpc::Reading& reading, const v1::GetCounselFactsRequest& request) {
  ASSIGN_OR_RETURN(const CounselId id, ParseId<CounselId>(request.counsel_id(), "counsel_id"));
  const std::optional<Counsel> counsel = store_.Find(reading.tx(), id);
  if (!counsel) return Refuse(kNotFound);
  return ToFacts(*counsel);
}

grpc::ServerUnaryReactor* CounselAgencyService::RegisterCounsel(
    grpc::CallbackServerContext* context, const v1::RegisterCounselRequest* request,
    v1::Counsel* response) {
  return rpc_.ChangeWith<std::string>(
      *context, *request, *response,
      [this](const rpc::Outgoing& outgoing, const auto& asked, auto done) {
        GatherPerson(outgoing, asked, std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const std::string& person_id) {
        return Register(changing, asked, person_id);
      });
}

void CounselAgencyService::GatherPerson(const rpc::Outgoing& outgoing,
                                        const v1::RegisterCounselRequest& request,
                                        std::function<void(absl::StatusOr<std::string>)> done) {
  // What is wrong in itself makes no person.
  if (const absl::StatusOr<NewEntry> entry = FromProto(request); !entry.ok())
    return done(entry.status());
  identity_.EnsurePerson(outgoing, request.identity_number(), std::move(done));
}

absl::StatusOr<v1::Counsel> CounselAgencyService::Register(
    rpc::Changing& changing, const v1::RegisterCounselRequest& request,
    const std::string& person_id) {
  ASSIGN_OR_RETURN(const NewEntry entry, FromProto(request));
  changing.Saw(person_id);
  return changing.OncePerSource<v1::Counsel>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::Counsel> {
        const Counsel counsel{.id = CounselId::Trusted(person_id),
                              .details = entry.details,
                              .listing = entry.listing,
                              .create_time = changing.now(),
                              .update_time = changing.now()};
        if (!store_.Insert(changing.tx(), counsel)) return Refuse(kCounselAlreadyRegistered);
        changing.Emit("counsel", person_id, counsel.version, "REGISTERED",
                      {{"listing", std::string(ListingName(counsel.listing))}});
        return ToEntry(counsel);
      });
}

}  // namespace bitrade::registry
