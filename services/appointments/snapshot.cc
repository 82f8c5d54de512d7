#include "services/appointments/snapshot.h"

#include "services/appointments/announcement.h"

namespace bitrade::appointments {

std::vector<events::v1::Event> Snapshot(AppointmentStore& store, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const AccessFacts& facts : store.All(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate("appointment");
    event.set_aggregate_id(facts.id.text());
    event.set_version(facts.version);
    event.set_kind(facts.released ? "RELEASED" : "APPOINTED");
    for (const auto& [name, value] : DataOf(facts)) (*event.mutable_data())[name] = value;
  }
  return events;
}

}  // namespace bitrade::appointments
