#include "services/retention/holds/convert.h"

#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::retention {
namespace {

constexpr size_t kLongestNumber = 40;
constexpr size_t kLongestReason = 500;

void CheckLine(const std::string& text, size_t longest, absl::string_view field,
               Violations& violations) {
  if (IsLine(text, longest)) return;
  violations.Add(field, text.empty() ? "REQUIRED" : "MALFORMED",
                 longest == kLongestNumber ? "1 to 40 characters in one line"
                                           : "1 to 500 characters in one line");
}

v1::LegalHold::State StateOf(const LegalHold& hold) {
  if (hold.released_time) return v1::LegalHold::RELEASED;
  return hold.preparation ? v1::LegalHold::RELEASE_PREPARED : v1::LegalHold::PLACED;
}

}  // namespace

v1::LegalHold ToProto(const LegalHold& hold) {
  v1::LegalHold out;
  out.set_id(hold.id.text());
  out.set_appointment_id(hold.appointment.text());
  out.set_decision_number(hold.decision_number);
  rpc::SetTime(hold.placed_time, *out.mutable_placed_time());
  if (hold.preparation) {
    rpc::SetTime(hold.preparation->time, *out.mutable_release_prepared_time());
  }
  if (hold.released_time) rpc::SetTime(*hold.released_time, *out.mutable_released_time());
  out.set_state(StateOf(hold));
  return out;
}

absl::StatusOr<NewHold> FromProto(const v1::PlaceLegalHoldRequest& request) {
  Violations violations;
  NewHold hold{
      .appointment = IdFrom<AppointmentId>(request.appointment_id(), "appointment_id", violations),
      .decision_number = request.decision_number(),
      .reason = request.reason()};
  CheckLine(hold.decision_number, kLongestNumber, "decision_number", violations);
  CheckLine(hold.reason, kLongestReason, "reason", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return hold;
}

absl::StatusOr<NewPreparation> FromProto(const v1::PrepareLegalHoldReleaseRequest& request) {
  Violations violations;
  NewPreparation preparation{.hold = IdFrom<LegalHoldId>(request.id(), "id", violations),
                             .reason = request.reason()};
  CheckLine(preparation.reason, kLongestReason, "reason", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return preparation;
}

}  // namespace bitrade::retention
