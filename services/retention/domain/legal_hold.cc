#include "services/retention/domain/legal_hold.h"

namespace bitrade::retention {

absl::StatusOr<LegalHold> PrepareRelease(LegalHold hold, absl::string_view officer,
                                         absl::Time now) {
  if (hold.released_time) return Refuse(kLegalHoldReleased);
  hold.preparation = Preparation{std::string(officer), now};
  ++hold.version;
  return hold;
}

absl::StatusOr<LegalHold> Release(LegalHold hold, absl::string_view officer, absl::Time now) {
  if (hold.released_time) return hold;
  if (!hold.preparation) return Refuse(kReleaseNotPrepared);
  if (hold.preparation->officer == officer) return Refuse(kFourEyesRequired);
  hold.released_time = now;
  hold.released_by = std::string(officer);
  ++hold.version;
  return hold;
}

}  // namespace bitrade::retention
