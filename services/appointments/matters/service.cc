#include "services/appointments/matters/service.h"

#include <algorithm>
#include <utility>

#include "services/appointments/applicants/convert.h"
#include "services/appointments/conflicts/record.h"
#include "services/appointments/matters/sight.h"
#include "services/appointments/parties/event.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::appointments {
namespace {

Matter MatterOf(rpc::Changing& changing, MatterDetails details) {
  Matter matter{.id = changing.NewId<MatterId>(),
                .number = std::move(details.number),
                .category = std::move(details.category),
                .authority = std::move(details.authority),
                .instance = std::move(details.instance),
                .handling = details.handling,
                .applicants = {},
                .create_time = changing.now()};
  for (ApplicantDetails& applicant : details.applicants) {
    matter.applicants.push_back({changing.NewId<ApplicantId>(), std::move(applicant)});
  }
  return matter;
}

// A delegate who is a party in the matter helps nobody in it, whoever is appointed.
void TellParties(rpc::Changing& changing, PartyStore& parties, const MatterId& matter) {
  for (const PersonId& person : parties.PersonsIn(changing.tx(), matter)) {
    const Party party{changing.NewId<PartyId>(), person, matter};
    parties.Insert(changing.tx(), party);
    changing.Emit(kPartyAggregate, party.id.text(), 1, kPartyFound, EventData(party));
  }
}

// A decision about a counsel is about one who is or was appointed for the applicant.
absl::Status CheckAbout(const std::optional<CounselId>& counsel,
                        const std::vector<Appointment>& of_applicant) {
  const bool known = !counsel || std::any_of(of_applicant.begin(), of_applicant.end(),
                                             [&](const Appointment& appointment) {
                                               return appointment.counsel == *counsel;
                                             });
  Violations violations;
  if (!known) violations.Add("counsel_id", "UNKNOWN", "a counsel of the applicant");
  return violations.ToStatus();
}

absl::Status UnknownCategory() {
  Violations violations;
  violations.Add("category", "UNKNOWN", "a code of the case categories");
  return violations.ToStatus();
}

}  // namespace

grpc::ServerUnaryReactor* MatterAgencyService::RegisterMatter(
    grpc::CallbackServerContext* context, const v1::RegisterMatterRequest* request,
    v1::Matter* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Register(changing, asked); });
}

absl::StatusOr<v1::Matter> MatterAgencyService::Register(rpc::Changing& changing,
                                                         const v1::RegisterMatterRequest& request) {
  const absl::CivilDay today = SwedishDay(changing.now());
  ASSIGN_OR_RETURN(MatterDetails details, FromProto(request));
  if (!ReachOf(changing).Covers(details.authority, details.category)) {
    return Refuse(kPermissionDenied);
  }
  RETURN_IF_ERROR(CheckMatter(details, today));
  return changing.OncePerSource<v1::Matter>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::Matter> {
        if (!stores_.matters.HasCategory(changing.tx(), details.category, today)) {
          return UnknownCategory();
        }
        const Matter matter = MatterOf(changing, details);
        changing.Saw(matter.id.text());
        stores_.delegates.Hold(changing.tx());
        if (!stores_.matters.Insert(changing.tx(), matter)) return Refuse(kMatterNumberTaken);
        TellParties(changing, stores_.parties, matter.id);
        changing.Emit("matter", matter.id.text(), 1, "REGISTERED",
                      {{"handling", std::string(HandlingName(matter.handling))}});
        return ToProto(matter);
      });
}

grpc::ServerUnaryReactor* MatterAgencyService::RaiseProtection(
    grpc::CallbackServerContext* context, const v1::RaiseProtectionRequest* request,
    v1::Applicant* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Protect(changing, asked); });
}

absl::StatusOr<v1::Applicant> MatterAgencyService::Protect(
    rpc::Changing& changing, const v1::RaiseProtectionRequest& request) {
  ASSIGN_OR_RETURN(const NewProtection asked, FromProto(request));
  changing.Saw(asked.applicant.text());
  std::optional<Applicant> applicant =
      stores_.matters.LockApplicant(changing.tx(), asked.applicant, ReachOf(changing));
  if (!applicant) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(applicant->details, appointments::RaiseProtection(
                                           applicant->details, asked.level, asked.agency_channel));
  stores_.matters.Protect(changing.tx(), *applicant);
  TellProtection(changing, stores_, asked.applicant);
  v1::Applicant response;
  ToProto(*applicant, response);
  return response;
}

grpc::ServerUnaryReactor* MatterAgencyService::RecordDecision(
    grpc::CallbackServerContext* context, const v1::RecordDecisionRequest* request,
    v1::Decision* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Decide(changing, asked); });
}

absl::StatusOr<v1::Decision> MatterAgencyService::Decide(rpc::Changing& changing,
                                                         const v1::RecordDecisionRequest& request) {
  ASSIGN_OR_RETURN(const NewDecision asked, FromProto(request));
  RETURN_IF_ERROR(CheckDecided(asked.decided, SwedishDay(changing.now())));
  changing.Saw(asked.matter.text());
  changing.Saw(asked.applicant.text());
  return changing.OncePerSource<v1::Decision>(
      request.source_id(), request, [&]() -> absl::StatusOr<v1::Decision> {
        const std::optional<Matter> matter =
            stores_.matters.Lock(changing.tx(), asked.matter, ReachOf(changing));
        if (!matter || !HasApplicant(*matter, asked.applicant)) return Refuse(kNotFound);
        RETURN_IF_ERROR(CheckAbout(
            asked.counsel, stores_.appointments.OfApplicant(changing.tx(), asked.applicant)));
        const Decision decision{.id = changing.NewId<DecisionId>(),
                                .matter = asked.matter,
                                .applicant = asked.applicant,
                                .kind = asked.kind,
                                .decided = asked.decided,
                                .service_date = std::nullopt,
                                .service_method = "",
                                .legal_force = std::nullopt,
                                .appeal_handed_over = std::nullopt,
                                .counsel = asked.counsel};
        stores_.decisions.Insert(changing.tx(), decision, changing.now());
        Tell(changing, decision, "RECORDED");
        return ToProto(decision);
      });
}

template <typename Request>
grpc::ServerUnaryReactor* MatterAgencyService::Record(grpc::CallbackServerContext& context,
                                                      const Request& request,
                                                      v1::Decision& response, const char* kind,
                                                      Step step) {
  return rpc_.Change(
      context, request, response,
      [this, kind, step = std::move(step)](rpc::Changing& changing,
                                           const auto& asked) -> absl::StatusOr<v1::Decision> {
        ASSIGN_OR_RETURN(const NewFact fact, FromProto(asked));
        return Store(changing, fact, kind, step);
      });
}

grpc::ServerUnaryReactor* MatterAgencyService::RecordService(
    grpc::CallbackServerContext* context, const v1::RecordServiceRequest* request,
    v1::Decision* response) {
  return Record(*context, *request, *response, "SERVED",
                [](Decision decision, const NewFact& fact, absl::CivilDay today) {
                  return appointments::RecordService(std::move(decision), fact.day, fact.method,
                                                     today);
                });
}

grpc::ServerUnaryReactor* MatterAgencyService::RecordLegalForce(
    grpc::CallbackServerContext* context, const v1::RecordLegalForceRequest* request,
    v1::Decision* response) {
  return Record(*context, *request, *response, "LEGAL_FORCE_GAINED",
                [](Decision decision, const NewFact& fact, absl::CivilDay today) {
                  return appointments::RecordLegalForce(std::move(decision), fact.day, today);
                });
}

grpc::ServerUnaryReactor* MatterAgencyService::RecordAppealHandOver(
    grpc::CallbackServerContext* context, const v1::RecordAppealHandOverRequest* request,
    v1::Decision* response) {
  return Record(*context, *request, *response, "APPEAL_HANDED_OVER",
                [](Decision decision, const NewFact& fact, absl::CivilDay today) {
                  return appointments::RecordAppealHandOver(std::move(decision), fact.day, today);
                });
}

grpc::ServerUnaryReactor* MatterAgencyService::RecordConflictOfInterest(
    grpc::CallbackServerContext* context, const v1::RecordConflictOfInterestRequest* request,
    v1::ConflictOfInterest* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return RecordConflict(changing, stores_, asked, ReachOf(changing));
                     });
}

grpc::ServerUnaryReactor* MatterAgencyService::WithdrawConflictOfInterest(
    grpc::CallbackServerContext* context, const v1::WithdrawConflictOfInterestRequest* request,
    v1::ConflictOfInterest* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return WithdrawConflict(changing, stores_, asked, ReachOf(changing));
                     });
}

absl::StatusOr<v1::Decision> MatterAgencyService::Store(rpc::Changing& changing,
                                                        const NewFact& fact, const char* kind,
                                                        const Step& step) {
  changing.Saw(fact.decision.text());
  const std::optional<Decision> current =
      stores_.decisions.Lock(changing.tx(), fact.decision, ReachOf(changing));
  if (!current) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(const Decision next, step(*current, fact, SwedishDay(changing.now())));
  if (next.version == current->version) return ToProto(next);
  stores_.decisions.Update(changing.tx(), next, changing.now());
  Tell(changing, next, kind);
  return ToProto(next);
}

// Whatever a decision or a fact of it changes for the counsel is computed here, at once.
void MatterAgencyService::Tell(rpc::Changing& changing, const Decision& decision,
                               const char* kind) {
  changing.Saw(decision.id.text());
  changing.Emit("decision", decision.id.text(), decision.version, kind,
                {{"matter_id", decision.matter.text()},
                 {"applicant_id", decision.applicant.text()},
                 {"kind", std::string(DecisionKindName(decision.kind))}});
  MoveEndsOf(changing, stores_, decision.applicant);
}

}  // namespace bitrade::appointments
