#include "services/registry/snapshot.h"

#include <string>

#include "services/common/rpc/timestamp.h"
#include "services/registry/delegations/convert.h"

namespace bitrade::registry {
namespace {

events::v1::Event EventOf(const Standing& counsel) {
  events::v1::Event event;
  event.set_aggregate("counsel");
  event.set_aggregate_id(counsel.id.text());
  event.set_version(counsel.version);
  event.set_kind("REGISTERED");
  rpc::SetTime(counsel.update_time, *event.mutable_time());
  (*event.mutable_data())["listing"] = std::string(ListingName(counsel.listing));
  return event;
}

events::v1::Event EventOf(const DelegationFacts& facts) {
  events::v1::Event event;
  event.set_aggregate("delegation");
  event.set_aggregate_id(facts.id.text());
  event.set_version(facts.version);
  event.set_kind(std::string(DelegationStateName(facts.state)));
  for (const auto& [name, value] : EventData(facts)) (*event.mutable_data())[name] = value;
  return event;
}

}  // namespace

std::vector<events::v1::Event> Snapshot(CounselStore& counsel, DelegationFactsStore& delegations,
                                        postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const Standing& standing : counsel.Standings(tx)) events.push_back(EventOf(standing));
  for (const DelegationFacts& facts : delegations.All(tx)) events.push_back(EventOf(facts));
  return events;
}

}  // namespace bitrade::registry
