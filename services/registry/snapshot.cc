#include "services/registry/snapshot.h"

#include <string>

#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {

std::vector<events::v1::Event> Snapshot(CounselStore& store, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const Standing& counsel : store.Standings(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate("counsel");
    event.set_aggregate_id(counsel.id.text());
    event.set_version(counsel.version);
    event.set_kind("REGISTERED");
    rpc::SetTime(counsel.update_time, *event.mutable_time());
    (*event.mutable_data())["listing"] = std::string(ListingName(counsel.listing));
  }
  return events;
}

}  // namespace bitrade::registry
