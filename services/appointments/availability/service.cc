#include "services/appointments/availability/service.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/appointments/availability/convert.h"
#include "services/common/base/status_macros.h"

namespace bitrade::appointments {
namespace {

// What registry has said of one counsel; no facts for whom it does not know.
struct Learnt {
  CounselId counsel;
  std::optional<RegisterFacts> facts;
};

absl::StatusOr<std::any> LearntFrom(const CounselId& counsel,
                                    const absl::StatusOr<RegisterFacts>& facts) {
  if (absl::IsNotFound(facts.status())) return std::any(Learnt{counsel, std::nullopt});
  if (!facts.ok()) return facts.status();
  return std::any(Learnt{counsel, *facts});
}

// A counsel of whom registry has not told, or a delegate of whom it has not: it is asked once.
absl::Status NotKnown(const rpc::Reading& reading, const CounselId& counsel) {
  return access::NotSeenAs(reading, counsel.text(),
                           reading.caller().is_delegate() ? kPermissionDenied : kNotFound);
}

}  // namespace

grpc::ServerUnaryReactor* AvailabilityService::GetAvailability(
    grpc::CallbackServerContext* context, const v1::GetAvailabilityRequest* request,
    v1::Availability* response) {
  return rpc_.Read(*context, *request, *response,
                   [this](rpc::Reading& reading, const auto& /*asked*/) { return Get(reading); });
}

absl::StatusOr<v1::Availability> AvailabilityService::Get(rpc::Reading& reading) {
  const auto counsel = CounselId::Trusted(reading.caller().counsel_id());
  reading.Saw(counsel.text());
  const std::optional<Availability> found = store_.Find(reading.tx(), access::ReaderOf(reading));
  if (!found) return NotKnown(reading, counsel);
  return ToProto(*found);
}

grpc::ServerUnaryReactor* AvailabilityService::UpdateAvailability(
    grpc::CallbackServerContext* context, const v1::UpdateAvailabilityRequest* request,
    v1::Availability* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Update(changing, asked); });
}

absl::StatusOr<v1::Availability> AvailabilityService::Update(
    rpc::Changing& changing, const v1::UpdateAvailabilityRequest& request) {
  const auto counsel = CounselId::Trusted(changing.caller().counsel_id());
  changing.Saw(counsel.text());
  ASSIGN_OR_RETURN(const AvailabilityStatus status, StatusFrom(request));
  const std::optional<Availability> current =
      store_.Lock(changing.tx(), access::ReaderOf(changing));
  if (!current) return NotKnown(changing, counsel);
  if (request.etag() != absl::StrCat(current->version)) return Refuse(kEtagMismatch);
  const Availability next = SetStatus(*current, status, changing.now());
  if (next.version != current->version) {
    store_.Update(changing.tx(), next);
    changing.Note(audit::Circumstance::kChanged, "status");
    changing.Emit("availability", counsel.text(), next.version, "AVAILABILITY_CHANGED",
                  {{"status", std::string(AvailabilityName(next.status))}});
  }
  return ToProto(next);
}

rpc::Asker AskRegistry(RegistryClient& registry, AvailabilityStore& store, const Clock& clock) {
  return {
      .ask =
          [&registry](const rpc::Outgoing& outgoing, const std::string& counsel_id,
                      std::function<void(absl::StatusOr<std::any>)> done) {
            const auto counsel = CounselId::Trusted(counsel_id);
            registry.GetFacts(outgoing, counsel,
                              [counsel, done = std::move(done)](const auto& facts) {
                                done(LearntFrom(counsel, facts));
                              });
          },
      .apply = [&store, &clock](postgres::Transaction& tx, const std::any& learnt) -> absl::Status {
        const auto& told = std::any_cast<const Learnt&>(learnt);
        if (told.facts) store.Learn(tx, told.counsel, *told.facts, clock.TimeNow());
        return absl::OkStatus();
      }};
}

}  // namespace bitrade::appointments
