// A delegate who is a party has a stake in the matter, as counsel in it have: what keeps these from
// being somebody's delegates there keeps her.
#pragma once

#include <optional>
#include <string>

#include "services/common/access/projection.h"

namespace bitrade::access {

// Who has a stake in which matter, and by which id it is told.
struct Stake {
  std::string id;
  std::string person_id;
  std::string matter_id;
};

// Returns a stake as facts to be stored: nothing is ever seen by them.
inline AppointmentFacts FactsOf(const Stake& stake) {
  return {.appointment_id = stake.id,
          .counsel_id = stake.person_id,
          .matter_id = stake.matter_id,
          .version = 1,
          .digital = false,
          .visible_until = absl::InfinitePast(),
          .released = std::nullopt,
          .filings_visible_until = absl::InfinitePast()};
}

}  // namespace bitrade::access
