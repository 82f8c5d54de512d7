// How other services hear of a delegate who is a party in a matter: as services/common/access
// reads it.
#pragma once

#include <map>
#include <string>

#include "services/appointments/domain/party.h"

namespace bitrade::appointments {

inline constexpr char kPartyAggregate[] = "party";
inline constexpr char kPartyFound[] = "FOUND";

// Returns what is told. No personal data.
inline std::map<std::string, std::string> EventData(const Party& party) {
  return {{"person_id", party.person.text()}, {"matter_id", party.matter.text()}};
}

}  // namespace bitrade::appointments
