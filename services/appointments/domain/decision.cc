#include "services/appointments/domain/decision.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<DecisionKind, const char*>, 4> kKinds{
    {{DecisionKind::kMain, "MAIN"},
     {DecisionKind::kRelease, "RELEASE"},
     {DecisionKind::kCompensation, "COMPENSATION"},
     {DecisionKind::kAdvance, "ADVANCE"}}};

constexpr char kSimplified[] = "SIMPLIFIED";
constexpr std::array<const char*, 3> kServiceMethods{"ORDINARY", kSimplified, "IN_PERSON"};

// Who is served so, is served that long after the document was sent: the day is known before.
constexpr int kDaysOfSimplifiedService = 14;

absl::Status OneFault(absl::string_view field, absl::string_view code, absl::string_view detail) {
  Violations violations;
  violations.Add(field, code, detail);
  return violations.ToStatus();
}

// A day on which something befell the decision.
struct Fact {
  const char* field;
  absl::CivilDay day;
};

absl::Status CheckDay(const Decision& decision, const Fact& fact, absl::CivilDay today) {
  if (fact.day < decision.decided)
    return OneFault(fact.field, "OUT_OF_RANGE", "not before the decision");
  if (fact.day > today) return OneFault(fact.field, "OUT_OF_RANGE", "not in the future");
  return absl::OkStatus();
}

// The last day that a service by `method` may have had, as of `today`.
absl::CivilDay LastServiceDay(absl::string_view method, absl::CivilDay today) {
  return method == kSimplified ? today + kDaysOfSimplifiedService : today;
}

absl::StatusOr<Decision> Record(Decision decision, std::optional<absl::CivilDay> Decision::*member,
                                absl::CivilDay day) {
  std::optional<absl::CivilDay>& recorded = decision.*member;
  if (recorded == day) return decision;
  if (recorded) return Refuse(kDecisionFactDiffers);
  recorded = day;
  ++decision.version;
  return decision;
}

}  // namespace

absl::string_view DecisionKindName(DecisionKind kind) { return NameIn(kKinds, kind); }

DecisionKind ParseDecisionKind(absl::string_view name) { return ValueIn(kKinds, name); }

absl::Status CheckDecided(absl::CivilDay decided, absl::CivilDay today) {
  return decided > today ? OneFault("decided_date", "OUT_OF_RANGE", "not in the future")
                         : absl::OkStatus();
}

absl::StatusOr<Decision> RecordService(Decision decision, absl::CivilDay day,
                                       absl::string_view method, absl::CivilDay today) {
  if (std::find(kServiceMethods.begin(), kServiceMethods.end(), method) == kServiceMethods.end()) {
    return OneFault("service_method", "UNKNOWN", "ORDINARY, SIMPLIFIED or IN_PERSON");
  }
  if (day > LastServiceDay(method, today)) {
    return OneFault("service_date", "OUT_OF_RANGE",
                    "not in the future, but for two weeks of simplified service");
  }
  if (day < decision.decided)
    return OneFault("service_date", "OUT_OF_RANGE", "not before the decision");
  if (decision.service_date && decision.service_method != method)
    return Refuse(kDecisionFactDiffers);
  decision.service_method = std::string(method);
  return Record(std::move(decision), &Decision::service_date, day);
}

absl::StatusOr<Decision> RecordLegalForce(Decision decision, absl::CivilDay day,
                                          absl::CivilDay today) {
  RETURN_IF_ERROR(CheckDay(decision, {"legal_force_date", day}, today));
  return Record(std::move(decision), &Decision::legal_force, day);
}

absl::StatusOr<Decision> RecordAppealHandOver(Decision decision, absl::CivilDay day,
                                              absl::CivilDay today) {
  RETURN_IF_ERROR(CheckDay(decision, {"appeal_handed_over_date", day}, today));
  return Record(std::move(decision), &Decision::appeal_handed_over, day);
}

}  // namespace bitrade::appointments
