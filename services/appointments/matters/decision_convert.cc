#include "services/appointments/matters/decision_convert.h"

#include <array>
#include <utility>

#include "services/appointments/wire.h"
#include "services/common/base/status_macros.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<DecisionKind, v1::Decision::Kind>, 4> kKinds{
    {{DecisionKind::kMain, v1::Decision::MAIN},
     {DecisionKind::kRelease, v1::Decision::RELEASE},
     {DecisionKind::kCompensation, v1::Decision::COMPENSATION},
     {DecisionKind::kAdvance, v1::Decision::ADVANCE}}};

// Unset where it is not said. A main decision is about the applicant.
std::optional<CounselId> CounselFrom(const v1::RecordDecisionRequest& request,
                                     Violations& violations) {
  if (request.counsel_id().empty()) return std::nullopt;
  if (request.kind() == v1::Decision::MAIN) {
    violations.Add("counsel_id", "OUT_OF_RANGE", "only of a decision about a counsel");
  }
  return IdFrom<CounselId>(request.counsel_id(), "counsel_id", violations);
}

// Empty until recorded.
std::string DateOrEmpty(std::optional<absl::CivilDay> day) {
  return day ? FormatDate(*day) : std::string();
}

absl::StatusOr<NewFact> FactFrom(const std::string& decision_id, absl::string_view field,
                                 const std::string& date) {
  Violations violations;
  NewFact fact{.decision = IdFrom<DecisionId>(decision_id, "decision_id", violations),
               .day = DayFrom(date, field, violations),
               .method = ""};
  RETURN_IF_ERROR(violations.ToStatus());
  return fact;
}

}  // namespace

v1::Decision ToProto(const Decision& decision) {
  v1::Decision out;
  out.set_id(decision.id.text());
  out.set_matter_id(decision.matter.text());
  out.set_applicant_id(decision.applicant.text());
  out.set_kind(ToWire(kKinds, decision.kind));
  out.set_decided_date(FormatDate(decision.decided));
  out.set_service_date(DateOrEmpty(decision.service_date));
  out.set_service_method(decision.service_method);
  out.set_legal_force_date(DateOrEmpty(decision.legal_force));
  out.set_appeal_handed_over_date(DateOrEmpty(decision.appeal_handed_over));
  out.set_version(decision.version);
  return out;
}

absl::StatusOr<NewDecision> FromProto(const v1::RecordDecisionRequest& request) {
  Violations violations;
  NewDecision decision{
      .matter = IdFrom<MatterId>(request.matter_id(), "matter_id", violations),
      .applicant = IdFrom<ApplicantId>(request.applicant_id(), "applicant_id", violations),
      .kind = FromWire(kKinds, request.kind(), DecisionKind::kMain, "kind", violations),
      .decided = DayFrom(request.decided_date(), "decided_date", violations),
      .counsel = CounselFrom(request, violations)};
  RETURN_IF_ERROR(violations.ToStatus());
  return decision;
}

absl::StatusOr<NewFact> FromProto(const v1::RecordServiceRequest& request) {
  ASSIGN_OR_RETURN(NewFact fact,
                   FactFrom(request.decision_id(), "service_date", request.service_date()));
  fact.method = request.service_method();
  return fact;
}

absl::StatusOr<NewFact> FromProto(const v1::RecordLegalForceRequest& request) {
  return FactFrom(request.decision_id(), "legal_force_date", request.legal_force_date());
}

absl::StatusOr<NewFact> FromProto(const v1::RecordAppealHandOverRequest& request) {
  return FactFrom(request.decision_id(), "appeal_handed_over_date",
                  request.appeal_handed_over_date());
}

}  // namespace bitrade::appointments
