#include "services/billing/snapshot.h"

#include "services/common/rpc/timestamp.h"

namespace bitrade::billing {

std::vector<events::v1::Event> Snapshot(CostStatementStore& store, postgres::Transaction& tx) {
  std::vector<events::v1::Event> events;
  for (const CostStatement& statement : store.All(tx)) {
    events::v1::Event& event = events.emplace_back();
    event.set_aggregate("cost_statement");
    event.set_aggregate_id(statement.id.text());
    event.set_version(statement.version);
    event.set_kind(std::string(StateName(statement.state)));
    rpc::SetTime(statement.update_time, *event.mutable_time());
    for (const auto& [name, value] : EventData(statement)) (*event.mutable_data())[name] = value;
  }
  return events;
}

}  // namespace bitrade::billing
