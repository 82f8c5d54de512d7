// Follows registry's events on counsel: what the register says now is what the next appointment is
// checked against, and an ineligibility flags those that are in force.
#pragma once

#include "absl/status/status.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "services/appointments/availability/store.h"
#include "services/appointments/flags/store.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"

namespace bitrade::appointments {

class CounselFollower {
 public:
  CounselFollower(AvailabilityStore& availability, FlagStore& flags, const Clock& clock,
                  IdSource& ids)
      : availability_(availability), flags_(flags), clock_(clock), ids_(ids) {}

  // Applies an event of registry, in its transaction; events of other things say nothing here.
  absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event);

  // Before a snapshot: whatever it says of a counsel is newer than what is stored.
  void Reset(postgres::Transaction& tx) { availability_.AwaitRegister(tx); }

 private:
  void Reflag(postgres::Transaction& tx, const CounselId& counsel, const RegisterFacts& facts,
              absl::Time now);

  AvailabilityStore& availability_;
  FlagStore& flags_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace bitrade::appointments
