#include "services/documents/snapshot.h"

#include <string>

#include "services/common/rpc/timestamp.h"

namespace bitrade::documents {

std::vector<events::v1::Event> Snapshot(DocumentStore& store, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const DocumentLife& life : store.All(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate("document");
    event.set_aggregate_id(life.id.text());
    event.set_version(life.version);
    event.set_kind(std::string(StateName(life.state)));
    rpc::SetTime(life.update_time, *event.mutable_time());
    (*event.mutable_data())["appointment_id"] = life.appointment.text();
  }
  return events;
}

}  // namespace bitrade::documents
