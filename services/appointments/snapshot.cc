#include "services/appointments/snapshot.h"

#include <map>
#include <string>

#include "services/appointments/announcement.h"
#include "services/appointments/parties/event.h"

namespace bitrade::appointments {
namespace {

void SetData(const std::map<std::string, std::string>& data, events::v1::Event& event) {
  for (const auto& [name, value] : data) (*event.mutable_data())[name] = value;
}

}  // namespace

std::vector<events::v1::Event> Snapshot(Stores& stores, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const AccessFacts& facts : stores.appointments.All(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate("appointment");
    event.set_aggregate_id(facts.id.text());
    event.set_version(facts.version);
    event.set_kind(facts.released ? "RELEASED" : "APPOINTED");
    SetData(DataOf(facts), event);
  }
  for (const Party& party : stores.parties.All(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate(kPartyAggregate);
    event.set_aggregate_id(party.id.text());
    event.set_version(1);
    event.set_kind(kPartyFound);
    SetData(EventData(party), event);
  }
  return events;
}

}  // namespace bitrade::appointments
