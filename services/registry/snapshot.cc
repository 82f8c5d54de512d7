#include "services/registry/snapshot.h"

#include <string>

#include "services/common/rpc/timestamp.h"
#include "services/registry/delegations/convert.h"
#include "services/registry/payout_accounts/convert.h"

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

events::v1::Event EventOf(const PayoutStanding& account) {
  events::v1::Event event;
  event.set_aggregate("payout_account");
  event.set_aggregate_id(account.counsel.text());
  event.set_version(account.version);
  event.set_kind("CHANGED");
  for (const auto& [name, value] : EventData(account)) (*event.mutable_data())[name] = value;
  return event;
}

template <typename All>
void AddEvents(const All& all, std::vector<events::v1::Event>& events) {
  for (const auto& one : all) events.push_back(EventOf(one));
}

}  // namespace

std::vector<events::v1::Event> Snapshot(Stores& stores, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  AddEvents(stores.counsel.Standings(tx), events);
  AddEvents(stores.delegation_facts.All(tx), events);
  AddEvents(stores.payout_accounts.Standings(tx), events);
  return events;
}

}  // namespace bitrade::registry
